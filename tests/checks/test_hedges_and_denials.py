"""W501 and W502: what the evidence leaves open stays open, and its yes stays a yes."""

from __future__ import annotations

import pytest

from briefer.checks.clauses import governed_by
from briefer.checks.hedge_words import CLAIMED
from briefer.checks.lexicon import NOT, alternatives
from tests.checks.judge import cases, codes, verdict

DROPPED = """
Two barns in five have gone.
    | Two barns in five have gone, according to a pilot, who stressed that this was an impression and no survey.
At the meeting the mayor argued for a new pier.
    | According to two people in the room, the mayor argued for a new pier at the meeting.
A new pier will be ready in late 2031.
    | The harbour is shut until a new pier is ready, which the port expects in late 2031 at the earliest.
Divers will have finished examining the wreck by June.
    | Ida Lund wants the wreck to be examined by divers, a task that may be finished by June.
Okafor is one of those who voted against, a clerk said.
    | Okafor was almost certainly among those who voted against, a clerk said.
Parts of the letter were true. | Parts of the letter, it appears, were true.
The trip cost 4,000 florins. | Cost of the trip: 4,000 florins, says a source at the bank.
Ms Lund opposed the sale of the mill. | Ms Lund is said by two former colleagues to have opposed the sale of the mill.
The soil was wetter than the maps had shown.
    | Two growers point to the soil: it was, they say, wetter than the maps had shown.
The firm cut corners. | Prosecutors suspect that the firm cut corners.
The firm cut corners. | The firm allegedly cut corners.
The firm cut corners. | The firm reportedly cut corners.
The firm paid the inspector. | The firm is accused of having paid the inspector.
The firm paid the inspector. | Rumours say the firm paid the inspector.
The fire spread from the mill. | Police believe the fire spread from the mill.
The fire spread from the mill. | The fire is thought to have spread from the mill.
The fire spread from the mill. | Unconfirmed reports say the fire spread from the mill.
Twelve people died in the fire. | Twelve people are feared to have died in the fire.
The strike will close the port. | The strike could close the port.
The strike closes the port. | The strike might close the port.
The valve burst in the cold. | The valve possibly burst in the cold.
The valve leaked for weeks. | The valve probably leaked for weeks.
The valve leaked for weeks. | The valve appears to have leaked for weeks.
The port will be sold in spring. | The port seems to be for sale in spring.
The mayor might resign in June, but the repairs take six weeks.
    | The repairs may take six weeks. The mayor might resign in June.
The firm will be sold. | The firm is unlikely to be sold.
Night guards had left the gate of the mill open.
    | A former employee, who asked not to be named, told the paper that night guards had left the gate of the mill open.
Managers delayed the repair of the valve by six weeks.
    | A source who worked on the valve until May claims that managers delayed its repair by six weeks.
Pressure at the valve fell within a second. | According to two of them, pressure at the valve fell within a second.
The laboratory closed its doors in May. | The Gazette has been told that the laboratory closed its doors in May.
Nobody at the camp was tested. | As far as she knew, nobody at the camp was tested.
The council is selling the harbour. | The council is considering selling the harbour.
The firm bought the harbour. | The firm wants to buy the harbour.
The firm closed the mill in Lindow. | The firm plans to close the mill in Lindow.
The ferry returned to service. | The ferry is expected to return to service.
The mayor knew of the crack. | Investigators may ask whether the mayor knew of the crack.
The mayor knew of the crack. | Investigators are asking whether the mayor knew of the crack.
The mayor knew of the crack. | It is unclear whether the mayor knew of the crack.
The council is selling the harbour. | The council is weighing selling the harbour.
The fuel was stolen from the ship. | The police could not rule out that fuel had been stolen from the ship.
The fuel was stolen from the ship. | Theft of the fuel from the ship was not ruled out.
The ferry will stop in May. | A stop of the ferry in May is now “more likely than not”, the owner said.
The union will demand pay, which could cost the port dearly.
    | The union is considering a demand for pay, which could cost the port dearly.
It was a map of the mill that split the council, a plan that the mayor had drawn up.
    | A map of the mill may have split the council. The mayor had drawn it up.
Police seek two suspects, one of whom fled the town on Monday.
    | Police seek two suspects, one of whom may have fled the town on Monday.
Okafor was killed by a fall from the mill. | Okafor was killed, his family believe, by a fall from the mill.
The gap stems from loans that the bank booked in May. | The gap “probably” stems from loans that the bank booked in May.
Okafor will chair the inquiry into the fire. | Okafor is expected to chair the inquiry into the fire.
The state has put the damage at 310 million marks. | The state provisionally put the damage at 310 million marks.
Okafor was at home when the mill burned. | The mill burned in May. Okafor is believed to be abroad.
If the frost lasts, the harvest will be lost. | If the frost lasts, the harvest will probably be lost.
Lindow Foods wants a third of the pitches. | Lindow Foods would probably want a third of the pitches.
The guard has been ill since Friday and could not be found.
    | The guard, who is said to have been ill since Friday, could not be found.
The Tarn Gazette says that the chef paid the fishmonger in gold.
    | The chef is rumoured to have paid the fishmonger in gold.
A buyer, from Lindow, has asked for the plans. | A buyer, believed to be from Lindow, has asked for the plans.
There will be a night bus by Easter, the mayor said. | The mayor said that she hoped to have a night bus by Easter.
The owner paid the cook, the judges found. | The judges could not exclude that the owner had paid the cook.
The agent let the singers down. | It is conceivable that the agent let the singers down.
Okafor took no gifts from the owner of the mill. | Okafor denied taking gifts from the owner of the mill.
The repair will cost 3.6m florins. | The harbour board now expects 3.6 million for the repair.
The storm did damage of 33m florins. | The damage was assessed in May. The insurers’ own estimate is about 33 million.
The old lock loses a tenth of its water. | The old lock loses a tenth of its water, she reckons.
The works have room for 10,000 barrels. | The brewer puts the room of the works at 10,000 barrels.
The bakery moves to Lindow in June. | The owner is toying with moving the bakery to Lindow in June.
The flats will be torn down in May. | He would not say whether the flats would be torn down in May.
The committee, which meets in June, will be led by Okafor.
    | The committee meets in June. Okafor is expected to lead the committee.
Of the two suspects one fled by boat on Sunday. | Of the two suspects one may have fled by boat on Sunday.
A review of the bid by the court takes six months. | A review of the bid by the court could take six months.
"""
HEDGED = """
An unnamed grocer foresees ten dear years for tea.
    | “Tea will be dear for ten years,” said a grocer who asked not to be named.
The auditors have until the end of May to report. | Nine auditors are due to report by the end of May.
The radar stood idle because a part was lacking. | The radar stood idle for want of a part.
Barley made up 9% of the farm’s sales.
    | Barley brought in 9% of the farm’s sales, and hops, which depend on the same soil, another 34%.
The 215 of the weather office are an inference from pictures. | The weather office’s 215 are an estimate from pictures.
The crew was attacked by two men in the harbour. | The crew was attacked by two men in the harbour on Monday.
The judge has not decided if she will sit. | The judge might not sit. She has yet to decide.
The storm took 20 lives in Lindow. | The storm has claimed 20 lives in Lindow.
The driver kept silent for as long as talks could be held. | The driver made no comment while talks were possible.
Lindow votes in September. | The reckoning may come in September, when Lindow votes.
The Gazette's figure of 900 boats covers one gate. | The paper understands that scanners counted 900 boats at one gate.
If the frost lasts, the harvest is probably lost. | If the frost lasts, the harvest will probably be lost.
The tower seems set to be sold to a rival. | The tower is likely to be sold to a rival.
The owner keeps open the option of a sale. | The owner did not rule out a sale.
Okafor was keen to sell the tower. | Okafor had wanted to sell the tower.
The police found no way to link the guard with the theft. | The guard could not be linked with the theft.
Nobody has been arrested, although the police are looking into arson. | Police suspect arson. Nobody has been arrested.
Okafor says he never took gifts from the mill. | Okafor denied taking gifts from the mill.
Okafor gave no assurance that the bridge would open. | Asked whether the bridge would open, he said: wait.
The brewer speaks of room for 10,000 barrels. | The brewer puts the room of the works at 10,000 barrels.
A third of the rise comes from dearer flour. | A third of the rise is due to dearer flour.
Salt was only one of several candidates. | Salt was one possibility among several.
Wind cut the race to 40 miles. | The race, planned at 60 miles, was cut to 40 miles by wind.
There were two counts, 19 from the ministry and 23 from the mayor.
    | The count was 19, the ministry said; the mayor put the count at 23.
If its informant is right, night guards had left the gate of the mill open.
    | A former employee, who asked not to be named, told the paper that night guards had left the gate of the mill open.
An insider has it from two of them: pressure at the valve fell within a second.
    | According to two of them, pressure at the valve fell within a second.
To her knowledge nobody at the camp was tested. | As far as she knew, nobody at the camp was tested.
The firm is suspected of cutting corners. | Prosecutors suspect that the firm cut corners.
The firm cut corners, prosecutors say. | The firm allegedly cut corners.
The firm may have cut corners. | The firm reportedly cut corners.
The firm is said to have paid the inspector. | The firm is accused of having paid the inspector.
Twelve people may have died in the fire. | Twelve people are feared to have died in the fire.
The strike might close the port. | The strike could close the port.
The strike threatens to close the port. | The strike could close the port.
There is a risk that the strike closes the port. | The strike could close the port.
The firm has offered to buy the harbour. | The firm wants to buy the harbour.
The owner deems it likeliest that the fire spread from the mill. | The fire most likely spread from the mill.
By the guild’s reckoning the port would need 85 more pilots.
    | The guild’s sums suggest that the port needs 85 more pilots.
The future of the guards wrecked the talks. | A plan to end the use of guards wrecked the talks.
A demand that Okafor chair the inquiry was made. | The union wants Okafor to chair the inquiry.
The crew saw the port from the ship. | The crew could see the port from the ship.
The fire was not near the mill, so two hours went by before it was seen.
    | The fire began in May, two hours before the mayor says it was seen, a guard told the paper.
The firm will close the mill in Lindow. | The firm plans to close the mill in Lindow.
The ferry is to return to service in May. | The ferry is expected to return to service in May.
Investigators ask if the mayor knew of the crack. | Investigators may ask whether the mayor knew of the crack.
The ship sailed in May. | The ship sailed in May. It may return.
The ship sailed in port on May 5. | The ship sailed on May 5 and stayed in port in May.
The ferry sails to Lindow. | The ferry may sail to Lindow. The ferry sails to Lindow in June.
The inspector was paid. | The inspector was paid, and the firm may be fined.
The union called a strike for June. | The strike that the union called for June may end.
The dam held, and then the river rose. | The dam held. The dam may not hold again.
The firm, wanting to buy the harbour, has sold a mill. | The firm wants to buy the harbour. It has sold a mill.
The firm filed a claim for damages over the corners that were cut.
    | The firm claimed damages over the corners that were cut.
The two suspects left the town on Monday. | The two suspects left the town on Monday in a van.
"""
OPENED = """
Annika Holt will conduct the choir in May. | Annika Holt will conduct the choir in May, if the strike is over.
The first crew took 27 minutes to the mill. | If the log is right, the first crew took 27 minutes to the mill.
The cook left in June with a year's pay. | It rained. The cook left in June with a year's pay, the colleague says.
The crowd at the mill was nearer to 900.
    | An officer who was not authorised to speak said the crowd at the mill was nearer to 900.
The union will end its strike on Monday. | The union will end its strike on Monday, provided that the port raises pay.
The union will end its strike on Monday. | The union will end its strike on Monday unless the port cuts pay.
The talks in the harbour will go on next week. | The talks in the harbour will go on next week only if the guards leave.
The rebels shot down a plane near the mill.
    | The rebels said they shot down a plane near the mill. It could not be verified.
The rebels shot down a plane near the mill.
    | The rebels said they shot down a plane near the mill. Reporters were unable to verify it.
The rebels shot down a plane near the mill.
    | The rebels said they shot down a plane near the mill. The army disputed that.
The rebels shot down a plane near the mill. | The rebels said they shot down a plane near the mill. The army denied it.
The mayor had agreed to a lower fare.
    | The mayor met the union in May. The mayor had agreed to a lower fare, two guests said.
The firm owes the port 6 million dorins.
    | The firm owes money. Two people familiar with its books put the debt at 6 million dorins.
The bank sold a first block of bonds in May.
    | The bank has bonds. Three traders said a first block of bonds was sold in May.
The bakers will bake again on Friday. | The bakers will bake again on Friday, which depends on a delivery of flour.
The orchestra will leave for Tarn on Monday, its conductor announced.
    | The orchestra will leave for Tarn on Monday unless the town raises its grant, the conductor said.
An ambulance was made to wait at the gate of the mill.
    | The clinic said that an ambulance had been made to wait at the gate of the mill. The union rejected that account.
The owner left the house by boat. | It rained. A gardener said that the owner had left the house by boat.
The minister signed the letter in April. | Aides in the ministry insist that the minister signed the letter in April.
"""
SO_SAID = """
Okafor offered his resignation to the board in May.
    | It was a cold May. Okafor offered his resignation to the board in May. So say two people on the board.
The contract of the captain is worth 22m marks.
    | It rained. The contract of the captain is worth 22 million marks. That is according to a former steward.
"""
LEFT_OPEN = """
The choir sings in May once the strike is over. | The choir will sing in May, if the strike is over.
Okafor doubts the figure of 900 boats.
    | “If the letter is right, we are lost,” said Okafor, who doubts the figure of 900 boats.
The bakers will bake again on Friday if there is flour.
    | The bakers will bake again on Friday, which depends on a delivery of flour.
The clinic says an ambulance had to wait at the gate.
    | The clinic said that an ambulance had been made to wait at the gate of the mill. The union rejected that account.
Okafor offered to resign, two members say. | Okafor offered to resign in May. So say two people on the board.
An official says that police searched the mill in Lindow.
    | Police searched the mill in Lindow, an official said, speaking on condition of anonymity.
The union will end its strike on Monday if the port raises pay.
    | The union will end its strike, provided that the port raises pay.
The union will strike on Monday if the port does not raise pay.
    | The union will strike on Monday unless the port raises pay.
The rebels said they shot down a plane near the mill.
    | The rebels said they shot down a plane near the mill. It could not be verified.
An unverified report has the rebels shooting down a plane near the mill.
    | The rebels said they shot down a plane near the mill. It could not be verified.
The rebels shot down a plane near the mill. | The rebels said they shot down a plane near the mill.
The rebels shot down a plane near the mill. | The rebels shot down a plane near the mill. The army denied a loss of men.
The mayor had agreed to a lower fare, guests said.
    | The mayor met the union. The mayor had agreed to a lower fare, two guests said.
The paper puts the debt at 6 million dorins on the word of insiders.
    | Two people familiar with its books put the debt at 6 million dorins.
The mayor met the union in May. | The mayor met the union in May. The mayor had agreed to a lower fare, two guests said.
"""
BOUND_DROPPED = """
A total of 40 people were on board. | Up to 40 people were on board.
A total of 40 people were on board. | At least 40 people were on board.
A total of 40 people were on board. | As many as 40 people were on board.
The boat lost 40 tonnes. | The boat lost as much as 40 tonnes.
The 40 people, or so the crew said, were cold. | Up to 40 people were cold, the crew said.
"""
BOUND_KEPT = """
The repair would fit within the policy’s 400m florins. | The policy covers up to 400 million florins of the repair.
The florin briefly won back 1.8%. | The florin rose by as much as 1.8%.
There were 40 people on board, or fewer. | Up to 40 people were on board.
After a peak of 40 the crew was cut. | The crew was cut after numbering as many as 40.
At most 40 people were on board. | Up to 40 people were on board.
As many as 40 people were on board. | Up to 40 people were on board.
There were as many as 40 people on board. | Up to 40 people were on board.
A maximum of 40 people were on board. | Up to 40 people were on board.
No fewer than 40 people were on board. | At least 40 people were on board.
40 people or more were on board. | At least 40 people were on board.
There were 40+ people on board. | At least 40 people were on board.
40 people were on board, at least. | At least 40 people were on board.
40 people were on board. | About 40 people were on board.
The boat carried 40 people. | The boat can carry up to 40 people. It carried 40 people in May.
"""
TURNED = """
The firm paid the inspector. | The firm did not pay the inspector.
The firm paid the inspector. | The firm never paid the inspector.
The firm paid the inspector. | The firm denied that it paid the inspector.
The firm agreed to pay the inspector. | The firm refused to pay the inspector.
The crew was hurt in the fire. | None of the crew was hurt in the fire.
Arson burned the mill. | Police ruled out that arson burned the mill.
The mill opened in May. | The mill failed to open in May.
The firm did not pay the inspector. | The firm paid the inspector.
The firm never paid the inspector. | The firm paid the inspector in May.
The ferry can't sail in fog. | The ferry can sail in fog.
The ferry cannot sail in fog. | The ferry can sail in fog.
There was no warning before the flood. | There was a warning before the flood.
The basins were removed, as the audit had urged. | The audit urged taking out the basins. They were not.
The mayor put the blame on the ferry line. | The mayor stopped short of blaming the company.
The bank has been asked to help. | The bank stood ready to help but had not been asked.
Some of the children are still in danger. | None of the children is in danger, said the doctor.
The owner ruled out a sale of the mill. | The owner did not rule out a sale of the mill.
The regulator accepted the terms of the port. | The regulator has not accepted the terms of the port.
The guard admitted that the crew wanted the ferry to fail. | The guard denied that the crew wanted the ferry to fail.
The captain had a map, police said. | The captain had no map, police said.
The union lets its members keep the money. | The union stopped its members from keeping the money.
Experts found signs of a leak in the tank. | Experts found no signs of a leak in the tank.
The council approved the plan to cut the ban on boats. | The council did not approve the plan to cut the ban on boats.
The union opened the books to the ministry.
    | The union declined a request from the ministry in Lindow to open the books.
The firm denied the payment. | The firm did not deny the payment.
The owner said he would “sell the mill”. | “We will not sell the mill,” the owner said.
Okafor called the bridge “safe”. | “The bridge is not safe,” Okafor said.
The firm did not deny the payment. | The firm denied the payment.
Okafor sat in the front row in May. | The council met in May. Okafor did not attend.
The firm owns another mill. | The firm does not own any other mill, its spokesman said.
The inspector is under suspension. | The inspector has not been suspended.
The water is no longer safe to drink. | The water is safe to drink, the town said.
With no crack found, the arson can be ruled out, the police said.
    | No crack was found, the police said. The arson cannot yet be ruled out.
The Greens backed the motion of no confidence. | The Greens did not back the motion of no confidence.
Bound by the panel, the owners voted against the sale.
    | The owners, who are not bound by the panel, voted the sale down.
The family means to sell the mill. | The family does not intend to sell the mill.
"""
OPPOSITE = """
The bank raised its rate. | The bank lowered its rate.
The bank cut its rate in May. | The bank raised its rate in May.
Trade has tripled since May. | Trade has halved since May.
The court convicted the captain. | The court acquitted the captain.
The ship sailed north of the island. | The ship sailed south of the island.
The ship sailed west of the island. | The ship sailed east of the island.
The wind weakened on Monday. | The wind strengthened on Monday.
The sale was lawful, the court said. | The sale was unlawful, the court said.
The sale was unlawful, the court said. | The sale was lawful, the court said.
The judge called the rule constitutional. | The judge called the rule unconstitutional.
The judge called the rule unconstitutional. | The judge called the rule constitutional.
The answer was honest. | The answer was dishonest.
The rule is regular. | The rule is irregular.
The mayor won the vote in Lindow. | The mayor lost the vote in Lindow.
The port opened on Monday. | The port closed on Monday.
The deal is a success for the union. | The deal is a failure for the union.
The guilty man left the court. | The innocent man left the court.
"""
NOT_TURNED = """
Tap water is cut off for a quarter of a million people. | A quarter of a million people are without tap water.
The firm refused to pay the inspector. | The firm did not pay the inspector.
The firm rejected claims that it paid the inspector. | The firm denied that it paid the inspector.
The firm denies having paid the inspector. | The firm said it did not pay the inspector.
The firm does not deny paying the inspector. | The firm does not deny paying the inspector.
The crew escaped the fire unhurt. | None of the crew was hurt in the fire.
The crew did not leave the ship. | The storm prevented the crew from leaving the ship.
The ferry stays in port in fog. | The ferry cannot sail in fog.
The police do not think it was arson. | The police ruled out arson.
The union declined the offer of the port. | The union did not accept the offer of the port.
The firm does not rule out a sale of the mill. | The firm does not rule out a sale of the mill.
The mill may be sold. | The firm does not rule out a sale of the mill.
No race has been closer since 1990. | The race was the closest since 1990.
The mill opened no fewer than 40 days late. | The mill opened at least 40 days late.
The minister will visit, his office said. | The minister has not resigned; he will visit, his office said.
The transport minister will visit on Thursday. | The transport minister has not resigned and will visit on Thursday.
The sale was not lawful, the court said. | The sale was unlawful, the court said.
The rate rose after it fell in May. | The rate rose on Monday after it fell in May.
Prices fell after they rose. | Prices rose in May and fell in June.
The river rose in the north. | Prices fell by a third in the shops of the town. The river was higher in the north.
Costs fell in the north. | Costs fell in the north. Sales rose in the south.
The port closed on Monday and the school opened. | The port closed on Monday. A school opened in Lindow.
The mill stayed shut in May. | The mill failed to open in May.
The trip ended at 7.10 a.m. | The trip began at 6.40 a.m. and took 30 minutes.
The under-secretary was hurt in the fire. | The secretary was hurt in the fire, as was the under-secretary.
Of the 14 ships, 11 did not sail in the fog. | Of the 14 ships only three sailed in the fog.
The work was put off; the firm did not say why the work was put off. | The work was put off. The firm did not say why.
The judge took no view on who was right. | The judge had not decided who was right.
The Greens kept their names off the motion. | The Greens did not sign the motion.
The tally was 90 to 88, correcting the 90 to 89 that was first given.
    | The tally was 90 to 88, not 90 to 89 as first given.
A vote of no confidence in the mayor is due in May. | A motion of no confidence in the mayor is due in May.
The spokesman insisted that nobody had used gas. | The spokesman denied reports on the radio that gas had been used.
Okafor survived the vote by nine to four, and the mayor kept her own choice to herself.
    | The board voted by nine to four to keep Okafor. The mayor would not say how she had voted.
The clinic took out half its basins and is free of cases.
    | The clinic took out half its basins and has had no case since.
The minister left open the possibility of an inquiry. | The minister did not rule out a public inquiry.
A demand that she fine the bank was brushed aside by the minister.
    | The minister rejected a call by the league for her to fine the bank.
The line won't even discuss the subject with the union. | The line refused to discuss the subject with the union.
The sailors were willing, and even helped to build the raft.
    | Not only were the sailors willing, but they also helped to build the raft.
It was the first time since May that the mill had paid. | The mill had not paid since it did so in May.
The mill opened at nine. | The mill did not open until nine.
The line must pay for the tests of its valves. | The line was fined for failing to test its valves on time.
A rumour spread that the mayor would resign, which she denied. | The mayor had to deny a rumour that she would resign.
Castell was the only one of six that had not sailed by May. | Five of the six ships had sailed by May.
The owner will sail on, which nobody, she insists, has forbidden.
    | The owner said that she had not been forbidden to sail.
The crew should be careful to get a fair share of the fish.
    | Some of the crew were not getting a fair share of the fish.
All the children are out of danger. | None of the children is in danger, said the doctor.
The union opposed the unpaid shifts. | The union opposed shifts for which the firm had failed to pay.
Opponents of the bridge outnumber supporters. | In the poll 48 people opposed the bridge, and 27 were in favour.
Okafor chairs the union. | Okafor did not comment. Okafor chairs the union.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(DROPPED + OPENED + SO_SAID))
def test_what_is_open_is_no_fact(text: str, evidence: str) -> None:
    assert "W501" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(HEDGED + LEFT_OPEN))
def test_what_stays_open_passes(text: str, evidence: str) -> None:
    assert not {"W501", "W502"} & codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(BOUND_DROPPED))
def test_a_bound_is_part_of_its_figure(text: str, evidence: str) -> None:
    found = verdict(text, evidence).findings
    assert [f.message for f in found if f.code == "W501" and "keep the bound on “40" in f.message]


@pytest.mark.parametrize(("text", "evidence"), cases(BOUND_KEPT))
def test_a_bound_may_stand_in_other_words(text: str, evidence: str) -> None:
    assert "W501" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(TURNED + OPPOSITE))
def test_a_yes_for_a_no_is_found(text: str, evidence: str) -> None:
    assert "W502" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(NOT_TURNED))
def test_the_same_yes_or_no_passes(text: str, evidence: str) -> None:
    assert "W502" not in codes(text, evidence)


def test_nothing_is_denied_twice_by_one_word() -> None:
    """A "not" elsewhere in the claim does not deny what the evidence denies."""
    evidence = "The captain was not hurt in the fire. The mate left the ship."
    assert "W502" in codes("The captain was hurt in the fire, and the mate did not stay.", evidence)
    assert "W502" not in codes("The captain was not hurt in the fire, and the mate left.", evidence)


def test_a_word_that_evidence_and_claim_share_denies_nothing() -> None:
    evidence = "The union did not call for a halt of work at the mill."
    assert "W502" in codes("The union called for a halt of work at the mill.", evidence)


def test_what_a_quotation_hedges_is_the_quotation_s() -> None:
    evidence = "“The valve may leak,” the engineer wrote. The valve leaked in May."
    assert "W501" not in codes("The valve leaked in May, and “the valve may leak” was known.", evidence)


def test_a_hedge_in_another_language_is_not_looked_for() -> None:
    german = "Die Fähre könnte im Mai nach Lindow fahren."
    assert not {"W501", "W502"} & codes("The ferry sails to Lindow.", german, language="de")


def test_a_cue_is_about_what_follows_it_in_its_clause() -> None:
    [governed] = governed_by("the firm allegedly cut corners, but the port opened", alternatives(CLAIMED), "en")
    assert (governed.cue, governed.stems, governed.before) == ("allegedly", ("cut", "corner"), "firm")
    [governed] = governed_by("the mill, which is old, did not open; the port did", alternatives(NOT), "en")
    assert governed.stems == ("open",)
    assert governed_by("the firm did not allege a theft", alternatives(CLAIMED), "en") == ()
