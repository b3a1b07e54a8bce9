"""N402: a role is the person's own, wherever it stands beside the name."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

OWN = """
Mayor Ilse Varga opened the pier. | Ilse Varga, the mayor, opened the pier.
Ilse Varga, the mayor of Lindow, opened the pier. | Mayor Ilse Varga of Lindow opened the pier.
The mayor of Lindow, Ilse Varga, opened the pier. | Ilse Varga, the mayor of Lindow, opened the pier.
Ilse Varga, 52, the mayor, opened the pier. | Ilse Varga, 52, the mayor of Lindow, opened the pier.
Ilse Varga, head of the port authority, opened the pier. | Ilse Varga, who heads the port authority, opened the pier.
The head of the port authority, Ilse Varga, opened the pier.
    | Ilse Varga, who heads the port authority, opened the pier.
Ilse Varga, the union's leader, spoke. | Ilse Varga, who leads the union, spoke.
Ilse Varga is the captain of the ferry. | Captain Ilse Varga brought the ferry in.
Deputy mayor Ilse Varga opened the pier. | Ilse Varga, the deputy mayor, opened the pier.
Acting president Ilse Varga spoke. | Ilse Varga, the acting president, spoke.
Former mayor Ilse Varga opened the pier. | Ilse Varga, the former mayor, opened the pier.
On the pier former mayor Ilse Varga spoke. | Ilse Varga, the former mayor, spoke on the pier.
It carries retired pilot Ilse Varga's account. | Ilse Varga, a retired pilot, gave her account.
Former mayor Ilse Varga opened the pier. | Ilse Varga, a retired mayor, opened the pier.
Ilse Varga, the ex-president, spoke. | Ilse Varga, the former president, spoke.
Ilse Varga, a hotel owner, spoke. | Ilse Varga, a hotel owner and former port commissioner, spoke.
The former port commissioner, Ilse Varga, spoke. | Ilse Varga, a hotel owner and former port commissioner, spoke.
~ Former port commissioner Ilse Varga spoke. | Ilse Varga, a hotel owner and former port commissioner, spoke.
Ilse Varga, a nurse and former mayor, spoke. | Ilse Varga, a nurse and former mayor, spoke.
Defence minister Ilse Varga spoke. | Ilse Varga, the minister of defence, spoke.
The minister, Ilse Varga, spoke. | Defence minister Ilse Varga spoke.
Spokeswoman Ilse Varga said the pier is open. | Ilse Varga, a spokesperson, said the pier is open.
Ilse Varga, a lawyer, said the pier is open. | Attorney Ilse Varga said the pier is open.
Ilse Varga, the firm's boss, spoke. | Ilse Varga, the firm's chief, spoke.
Fireman Ilse Varga spoke. | Ilse Varga, a firefighter, spoke.
Dr Ilse Varga, a surgeon, spoke. | Ilse Varga, a doctor, spoke.
Ilse Varga, which was late, spoke. | Ilse Varga, the mayor, spoke.
Ilse Varga, who runs the finance department, spoke. | The finance director, Ilse Varga, spoke.
Ilse Varga, who heads the inquiry, spoke. | Ilse Varga, who leads the inquiry for the port, spoke.
Ilse Varga, who leads the union, spoke. | The union's general secretary, Ilse Varga, spoke.
The claimants' lawyer, Ilse Varga, spoke.
    | The claimants' lawyers spoke to reporters. Ilse Varga, who leads the legal team, spoke.
Lindow's mayor, Ilse Varga, spoke. | The mayor, Ilse Varga, spoke in Lindow.
The operator's spokesman, Tomas Brandt, spoke.
    | A spokesman for the operator spoke. “We wait,” said Tomas Brandt, a spokesman.
Ukraine's ambassador, Ilse Varga, spoke. | The Ukrainian ambassador, Ilse Varga, spoke.
The mayor's chief of staff, Ilse Varga, spoke.
    | Mayor Tomas Brandt spoke. Brandt's chief of staff, Ilse Varga, spoke too.
"""
ANOTHERS = """
Ilse Varga, the captain, spoke. | Ilse Varga, the mayor, spoke with Tomas Brandt, the captain.
Mayor Tomas Brandt spoke. | Ilse Varga, the mayor, spoke with Tomas Brandt, a captain.
The captain of the ferry, Tomas Brandt, spoke.
    | Ilse Varga, the captain of the ferry, spoke with Tomas Brandt, the pilot.
The head of the port authority, Tomas Brandt, spoke.
    | Ilse Varga, head of the port authority, spoke. Tomas Brandt, an engineer, watched.
The union's leader, Tomas Brandt, spoke. | Ilse Varga, who leads the union, spoke. Then Tomas Brandt, a driver, spoke.
Ilse Varga is the engineer who found the crack.
    | Mayor Ilse Varga spoke. Tomas Brandt is the engineer who found the crack.
Deputy mayor Ilse Varga spoke. | Ilse Varga, the mayor, spoke.
Mayor Ilse Varga spoke. | Ilse Varga, the deputy mayor, spoke.
Vice president Ilse Varga spoke. | Ilse Varga, the president, spoke.
Former mayor Ilse Varga spoke. | Ilse Varga, the mayor, spoke.
Mayor Ilse Varga spoke. | Ilse Varga, the former mayor, spoke.
On the pier deputy mayor Ilse Varga spoke. | Ilse Varga, the mayor, spoke on the pier.
The port commissioner, Ilse Varga, spoke. | Ilse Varga, a hotel owner and former port commissioner, spoke.
Ilse Varga, a former mayor, spoke. | Ilse Varga, a nurse and mayor, spoke.
Ilse Varga, a hotel owner and former mayor, spoke. | Ilse Varga, a hotel owner and former port commissioner, spoke.
Judge Ilse Varga spoke at the pier. | Prosecutor Ilse Varga spoke at the pier before a judge.
Ilse Varga, the port authority's lawyer, spoke. | Ilse Varga, the port authority's engineer, spoke.
Nurse Ilse Varga spoke. | Ilse Varga spoke at the pier.
The auditor, Ilse Varga, spoke. | Ilse Varga, an attendant, spoke.
Governor Ilse Varga spoke. | Ilse Varga, the regulator, spoke.
The president, Ilse Varga, spoke. | Ilse Varga, the administrator, spoke.
Interior minister Ilse Varga spoke. | Defence minister Ilse Varga spoke with Interior minister Paul Renn.
Ilse Varga, who runs the personnel department, spoke. | The finance director, Ilse Varga, spoke.
The mayor, Ilse Varga, spoke. | Ilse Varga, who chairs the board of the port, met the mayor, Tomas Brandt.
Norland's ambassador, Ilse Varga, spoke in the town. | The Tulvian ambassador, Ilse Varga, spoke in the town.
The mayor's chief of staff, Ilse Varga, spoke.
    | Deputy mayor Tomas Brandt spoke. Brandt's chief of staff, Ilse Varga, spoke too.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(OWN))
def test_a_role_in_any_place_passes(text: str, evidence: str) -> None:
    assert "N402" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(ANOTHERS))
def test_another_role_or_rank_is_found(text: str, evidence: str) -> None:
    assert "N402" in codes(text, evidence)


FAR = "After a long and heavy storm that tore off roofs and trees all along the coast, {}, Paul Renn, came."


@pytest.mark.parametrize(
    ("said", "found"), [("Defence", False), ("Interior", True)], ids=["own-portfolio", "another-s-portfolio"]
)
def test_a_portfolio_is_the_minister_s_own(said: str, found: bool) -> None:
    evidence, rest = "Defence minister Ilse Varga opened the pier.", FAR.format("the interior minister")
    assert ("N402" in codes(f"{said} minister Ilse Varga opened the pier.", evidence, rest=rest)) is found


def test_the_finding_quotes_what_the_article_calls_them() -> None:
    [finding] = verdict("Former mayor Ilse Varga spoke.", "Ilse Varga, the mayor, spoke.").findings
    assert finding.message == "A1 calls Ilse Varga “the mayor”, not “Former mayor”"
    [finding] = verdict("Nurse Ilse Varga spoke.", "Ilse Varga spoke.", rest="A nurse was there.").findings
    assert finding.message == "A1 does not call Ilse Varga “Nurse”"


def test_roles_of_another_language_are_left_alone() -> None:
    german = "Die Hafenmeisterin Ilse Varga sprach in Lindow."
    assert "N402" not in codes("Mayor Ilse Varga spoke in Lindow.", german, language="de")


def test_an_extract_has_the_role_that_its_sentence_has() -> None:
    text = "Captain Ilse Varga, once a nurse, spoke."
    assert verdict(text, text).claim.kind == "extract"
    assert "N402" not in codes(text, text)


BESIDES = """
Ilse Varga, the League's leader, spoke. | League boss Ilse Varga spoke.
The regulator's chief, Ilse Varga, spoke. | Ilse Varga, director-general of the port office, spoke.
Captain Ilse Varga spoke. | Skipper Ilse Varga, 33, spoke.
Sergeant Paul Renn spoke. | Sgt. Paul Renn, 31, spoke, and the commander listened.
Anna Holt, once a banker, spoke. | Anna Holt, a former banker, spoke.
Anna Holt, who used to be a nurse, spoke. | Retired nurse Anna Holt spoke.
Anna Holt, formerly the mill's manager, spoke. | Anna Holt, then the mill's manager, spoke.
Ellen Varga, the family doctor, spoke. | Ellen Varga, a GP, is no kin of the owner, Paul Varga. She spoke.
Anna Holt, who leads the town, spoke. | Mayor Anna Holt spoke. The town's chief engineer, Paul Renn, spoke.
Anna Holt, vice-chairwoman of the bank, spoke. | One of the two, vice-chairwoman Anna Holt of the bank, spoke.
Anna Holt, who teaches law at Lindow, spoke. | Anna Holt, a professor of law at the University of Lindow, spoke.
Anna Holt, the Orrin Tram Board's engineer, spoke. | The Orrin Tram Board (OTB) met. OTB engineer Anna Holt spoke.
Anna Holt, the administrator, spoke. | Anna Holt, a lawyer whom the court named as administrator, spoke.
Colin Radek, the author of the audit, left. | The audit was written by Colin Radek, then head of estates. He left.
Anna Holt, an ecologist, spoke. | Anna Holt, professor of ecology at the University of Lindow, spoke.
Anna Holt, the investigator, spoke. | Anna Holt, the officer in charge of the case, spoke.
Anna Holt, who is in charge of the case, spoke. | Anna Holt, the officer in charge of the case, spoke.
"""
NOT_BESIDES = """
Anna Holt, a spokeswoman for the fire brigade, spoke. | An OTB spokeswoman, Anna Holt, spoke. The fire brigade came.
Anna Holt, a lawyer for the council, spoke. | A lawyer for nine of the injured, Anna Holt, spoke. The council met.
Anna Holt, a surveyor at the trade ministry, spoke. | It rained. Anna Holt, the council's own surveyor, spoke.
Anna Holt, the transit board's head of geology, spoke.
    | The transit board met. It rained. Anna Holt, the survey's head of geology, spoke.
Anna Holt, the firm's head of production, spoke. | Finance chief Anna Holt spoke. Production stood still.
Anna Holt, the deputy mayor in charge of finance, spoke.
    | Deputy Mayor Anna Holt, who is in charge of transport, spoke.
Anna Holt, a professor of art history, spoke. | Anna Holt, a professor of penal law, spoke.
Anna Holt, chief executive of the railway, spoke. | The railway's legal director, Anna Holt, spoke.
Anna Holt, who taught at Orchard Lane, spoke. | Anna Holt, who cooked at Orchard Lane for years, spoke.
Anna Holt, who sits on the bank's board, spoke. | Anna Holt, of Compass Funds, spoke. The bank was shut.
Anna Holt, then economy minister, spoke. | Auditor General Anna Holt spoke. The economy minister did not.
Anna Holt, once the gallery's bookkeeper, spoke. | Anna Holt, the gallery's former secretary, spoke.
Anna Holt, a restorer, spoke. | Anna Holt, a carpenter, spoke.
Anna Holt, a chemist, spoke. | Anna Holt, professor of ecology at the University of Lindow, spoke.
Anna Holt, who is in charge of freight, spoke. | Anna Holt, who follows railways at Calder Bank, spoke.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(BESIDES))
def test_what_somebody_is_besides_passes(text: str, evidence: str) -> None:
    assert "N402" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(NOT_BESIDES))
def test_what_somebody_is_not_besides_is_found(text: str, evidence: str) -> None:
    assert "N402" in codes(text, evidence)


# Whose somebody is: told of him by a pronoun, or in words that the article has of nobody else.
WHOSE = """
    Ilse Varga, who leads the dockers' union, spoke.
        | The Dockers' Federation is angry. Its secretary, Ilse Varga, spoke.
    Otto Brenn, a spokesman for the rail company, denied it.
        | Sarn Rail was silent. Its spokesman, Otto Brenn, denied it.
    Hal Stroud, the relatives' lawyer, spoke. | The families have had enough. Their lawyer, Hal Stroud, spoke.
    Hal Stroud, a lawyer for the families, spoke. | Hal Stroud, who represents the victims' relatives, spoke.
    Nora Vint, the mayor of Tarn, spoke. | Mayor Nora Vint spoke. | The people in Tarn cheered.
    Eva Lind, the vice-chair of the panel, spoke. | Eva Lind, the panel's deputy chairwoman, spoke.
    Rolf Amsel, one of the judges on the panel, spoke. | Judge Rolf Amsel spoke to the panel.
    Lia Mor, a police spokeswoman, spoke. | Lia Mor, who speaks for the police, spoke.
    Gus Wend, who chairs the supporters' trust, spoke. | The fans' trust met. Gus Wend, its chairman, spoke.
    Mona Holt, who heads the grocers' association, spoke.
        | Grocers fear it. So their association says. Its head, Mona Holt, spoke.
    A ruling is due by the end of June, the economy minister said. | Economy Minister Mona Holt said it was due in June.
    Most of Orrin's contracts raise the price. | Orrin says most of its contracts raise the price.
"""
NOT_WHOSE = """
    Ilse Varga, who leads the teachers' union, spoke.
        | The Dockers' Federation is angry. Its secretary, Ilse Varga, spoke.
    | The teachers' union met.
    Otto Brenn, a spokesman for the harbour board, spoke. | Sarn Rail was silent. Its spokesman, Otto Brenn, spoke.
    | The harbour board met.
    Hal Stroud, the minister's lawyer, spoke. | The families have had enough. Their lawyer, Hal Stroud, spoke.
    | The minister was away.
    Pia Renn, an analyst at Kestrel Partners, spoke.
        | Molden Ratings, a broker, said so. Its analyst, Pia Renn, spoke.
    | A report by Kestrel Partners was leaked.
    Nils Orn, the head of the island's school, spoke.
        | The county's biologist, Nils Orn, spoke. | The school was shut.
    Rolf Amsel, one of the lawyers for the bank, spoke. | Judge Rolf Amsel spoke of the bank.
    Jon Pell, the deputy head of the tax office, spoke. | Jon Pell, who heads the tax office, spoke.
    Tim Orr, a cellist with the orchestra, spoke. | Tim Orr, a percussionist with the orchestra, spoke.
"""


@pytest.mark.parametrize(("text", "evidence", "rest"), cases(WHOSE))
def test_whose_somebody_is_may_be_told_in_other_words(text: str, evidence: str, rest: str) -> None:
    assert "N402" not in codes(text, evidence, rest=rest)


@pytest.mark.parametrize(("text", "evidence", "rest"), cases(NOT_WHOSE))
def test_whose_somebody_else_is_fails(text: str, evidence: str, rest: str) -> None:
    assert "N402" in codes(text, evidence, rest=rest)
