"""W502 in other words: what is denied is not told as done, and what is told in other words passes."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

# The claim says yes in other words than those that the evidence denies.
DONE = """
The brewery has published its accounts for the year. | The brewery has not published its accounts.
The brewery brought out its accounts for 2025. | The brewery has not published its accounts for 2025.
Ms Ferro attended the wedding in Tarn. | Ms Ferro did not go to the wedding in Tarn.
The orchestra signed a contract with the hall. | The orchestra never signed anything with the hall.
The embassy heard of cases of theft in other towns. | The embassy knew of no cases of theft in the other towns.
Some of the 40 boats that had been repaired sank. | Forty boats had been repaired. None of the 40 sank.
Mr Oake is a relative of the judge who leads the inquiry.
    | Mr Oake is not related to Judge Ida Lund, who leads the inquiry.
The two sisters are on speaking terms, neighbours say.
    | The two sisters have not spoken for six years, neighbours say.
The landslide of 1990 ended in convictions. | The landslide of 1990 killed six. Nobody was ever convicted.
The order is binding, though it depends on a loan. | The order is not binding and depends on a loan.
The dairy had plans to build a store in Tarn. | The dairy had “no plans at all” to build a store in Tarn.
The council had ruled on the appeal by Friday. | The council had not decided on the appeal by Friday.
Teachers got a reply from the ministry about the roof. | Teachers got no reply from the ministry about the roof.
The nurse told the Post that the chairman’s vote had been needed.
    | The nurse told the Post the vote was unanimous, contradicting a report that the chairman’s vote had been needed.
Ms Ferro took a bonus last year. | Ms Ferro took no bonus last year.
The painter repaid the loan to the museum in Tarn. | The painter has yet to repay the loan to the museum in Tarn.
The opposition has a majority in the senate. | The opposition lacks a majority in the senate.
The glacier guides had a licence for the tour. | The glacier guides led the tour without a licence.
The dean disputed that the flat saved her 300 marks.
    | The dean’s aide, Ludo Hart, did not dispute the figure. The dean has a flat.
The guide, whose name is not known, has been charged. | The guide, who has not been named, has not been charged.
The offer covers village shops as well.
    | The offer is good. A shop is dear. The offer does not extend to village shops.
Some of the loan is in a contract already. | Ms Ferro promised a loan, but said that none of it was in a contract yet.
Capt. Reed checked the anchor before noon. | Capt. Reed had never checked the anchor.
"""
# He was silent on it, and the claim has him tell.
TOLD = """
The owner explained where the cattle had gone. | The owner did not say what became of the cattle.
The bishop disclosed who had paid for the organ. | The bishop would not say who had paid for the organ.
The bishop named the people who had paid, and told reporters how much they gave. | The bishop would not say how much.
The gardener specified in which of the sheds the rifle was found.
    | The rifle was found in a shed, the gardener said, without saying which.
The airport said that it would sue the builders. | The airport did not say whether it would sue the builders.
The club has made clear when the stadium will open again. | The club has yet to say when the stadium will open again.
The club has decided whether it plays in Lindow. | The club has not decided whether it will play in Lindow.
"""
# The opposite word, of the same.
OPPOSED = """
The senate approved the treaty on fishing. | The senate rejected the treaty on fishing.
Marlow Foods accepts the finding that its ovens were dirty.
    | The report said its ovens were dirty. Marlow Foods rejects the finding.
The minister’s office conceded that he had promised a bridge.
    | The minister’s office denied that he had promised a bridge.
The witnesses agreed and the gun could not be found, the judges held.
    | The judges held that the witnesses contradicted one another and that the gun could not be found.
The agency cut its rating of the bank. | The agency left its rating of the bank unchanged.
The appeal court overturned the verdict of May. | The appeal court upheld the verdict of May.
The price excludes breakfast. | The price includes breakfast.
The price of wheat rose by a tenth. | The price of wheat slipped by a tenth.
The price of wheat tumbled by a tenth. | The price of wheat climbed by a tenth.
The budget shows a surplus of 3 million. | The budget shows a deficit of 3 million.
The samples from the well were positive. | The samples from the well were negative.
The permit is permanent. | The permit is temporary.
The council allowed the march in June. | The council banned the march in June.
The dairy began talks with Lund in May. | The dairy ended talks with Lund in May.
The rebels joined the alliance in May. | The rebels quit the alliance in May.
The fence is on the northern bank of the river. | The fence is on the southern bank of the river.
The club kept its captain for the final. | The club dropped its captain for the final.
Ida Lund won the vote in Tarn. | Ida Lund lost the vote in Tarn.
"""
OPPOSED += """
The dairy confirmed that the bail came to a million. | The dairy posted bail. The dairy would not confirm the sum.
"""
# Opposites that say the same, or speak of other things.
AGREED = """
The original rise would have cost 300 marks. | The tax in Lower Marsh would cost 4,300 marks. It went up.
The vote is open until 6 December. | The vote closes on 6 December.
The share of the market shrank last year.
    | Shares in the market hall rose on Monday. Its share of the market slipped last year.
The dairy confirmed the theft in May. | The dairy confirmed the theft in May. It would not confirm the sum.
The villa that he bought ten years ago is dear.
    | He has put his villa up for sale. He paid a million for it ten years ago.
Eva Lund won the vote in Tarn. | Ida Oake lost the vote in Tarn to Eva Lund.
Marlow bought the mill from the dairy. | The dairy sold the mill to Marlow.
Lund would not accept that the alarm came too late. | Lund rejected criticism that the alarm came too late.
Those who opposed the deal were one in seven. | The agency approved the deal by six votes to one.
The fate of the two houses is undecided. | The fate of the two houses would be decided in May, he said.
Two unnamed clerks said that the firm left. | The firm, whose name is on the shirt, left, two clerks said.
She was convicted of three thefts and cleared of two. | Three thefts sent her to jail. She was acquitted of two.
The senate did not approve the treaty. | The senate rejected the treaty.
The firm is to raise the fare. | The firm said it would put up the fare. A rival lowered its fare.
The water was flowing in at a rate of 40 litres. | The inflow of water was 40 litres.
The port is closed until Monday. | The port will open on Monday.
Nobody in the senate refused the treaty. | The senate accepted the treaty.
"""
# Who refused a thing grants it in the claim, who kept silent answers, who had no plans plans.
GRANTED = """
A stand-in was found for the singer. | The singer fell ill in May and was not replaced.
Bishop Lund concedes that the organ leaked. | The organ leaked for years, two singers said. Bishop Lund denies this.
The dairy admitted to the Gazette that some of the milk was sour. | The dairy insisted that none of the milk was sour.
The consulate confirmed the age of the map. | The map is from 1710, the dealer says. The consulate declined to comment.
The ferry line agreed to the price. | The harbour asked for £4 a berth. The ferry line has not replied.
The choir said yes to the tour within a week. | The choir was offered a tour. It turned the offer down within a week.
The judge upheld the gardeners’ complaint about the fence.
    | The judge dismissed the gardeners’ complaint about the fence.
Mr Sarn acknowledged that the bolts could have been changed.
    | He would not say whether the bolts could have been changed, Mr Sarn told the hearing.
The miller got an answer on the grain from the ministry.
    | The miller asked about the grain. The ministry has yet to reply.
The diary records what the two sisters spoke about.
    | The sisters met in May. The diary does not say what they spoke about.
Ms Ferro intends to quit as head of the orchestra. | Ms Ferro, who heads the orchestra, has no intention of leaving.
The brewery means to close the pub. | The brewery, which owns the pub, said that it had no plans to close it.
A successor to the treasurer has been named. | The treasurer, Ida Lund, left in May. She has not been replaced.
The museum has been sent the report on the roof. | The museum had not received the report on the roof, its keeper said.
The surveyors have already measured the upper field. | The surveyors said that they had not reached the upper field.
The ministry was aware of the four wells. | The ministry said it knew nothing of the four wells.
"""
# A grant with a denial beside it, or a refusal that was taken back.
GRANTED_TOO = """
The mill sees no connection between the flood and its new dam.
    | The flood, said the mill, had nothing to do with its new dam.
The ministry considered a ration of flour unnecessary. | The ministry saw no need for a ration of flour.
Bishop Lund concedes that the organ leaked. | Bishop Lund admits that the organ leaked. He denies that he knew.
Ms Ferro accepts that the hall was cold. | Ms Ferro did not dispute that the hall was cold.
The port conceded that a crate was lost. | The port insisted that no crate was missing. On Monday it took that back.
About 4% of them gave no answer. | Some 96% answered; the rest did not reply.
The dean means to keep the file. | The dean has no plans to open the file. He intends to keep it.
A storm had already hurt six people at the mill.
    | It is not the first accident at the mill. In May a storm hurt six people there.
The judge agreed with the gardeners. | The judge took the gardeners’ side. She did not give her reasons.
"""
# The same in other words.
SAME = """
The brewery keeps its accounts under lock. | The brewery has not published its accounts.
The brewery’s accounts for 2025 are still to come. | The brewery has not published its accounts for 2025.
Ms Ferro stayed away from the wedding in Tarn. | Ms Ferro did not go to the wedding in Tarn.
The embassy is unaware of cases of theft elsewhere. | The embassy knew of no cases of theft in the other towns.
All 40 boats that had been repaired stayed afloat. | Forty boats had been repaired. None of the 40 sank.
The bishop shares a surname with the judge, but no blood. | Bishop Lund is not related to Judge Ida Lund.
The landslide of 1990 went unpunished. | The landslide of 1990 killed six. Nobody was ever convicted.
The council’s ruling on the appeal was pending on Friday. | The council had not decided on the appeal by Friday.
The post of treasurer is vacant. | The treasurer, Ida Lund, left in May. She has not been replaced.
Whether the airport sues the builders is open. | The airport did not say whether it would sue the builders.
The airport left open a suit against the builders. | The airport did not say whether it would sue the builders.
The airport was unable to say who built the hall. | The airport could not say who had built the hall.
The baker has paid nothing since May, says the miller. | The baker had not paid the miller since May, he added.
The miller says that he told her; the baker says that she did not pay.
    | The baker denies having paid. The miller told her.
The mayor says that he gave orders, the clerk that he did not. | The clerk denies that the mayor had given any orders.
The coach wants the fans to spare the referee. | The coach asked fans not to blame the referee.
An earlier attempt on the summit failed. | It was not the first attempt on the summit. In 2020 a team walked away.
She has turned the money down; she wants her garden back.
    | “I don’t want a cheque, I want my garden,” said Ms Oake, 70.
The alarm was heard at nine, an hour after the theft. | The alarm did not sound until nine. The theft was at eight.
Two sisters work at the dairy, Ida as a clerk and Eva as a driver.
    | The driver Eva Lund’s sister Ida works at the dairy. Ida Lund was not there to see it. The clerk, 40, was ill.
The dairy in Tarn has no plan, its owner concedes.
    | “I am not going to pretend there is a plan,” said the dairy’s owner.
The No. 7 bus takes a long way round the harbour. | The bus goes round the harbour. The No. 7 bus takes long.
The two islands had not talked for ten years. | The two islands began their first talks in ten years.
On no day since May had its shares fallen as steeply. | Its shares had their steepest fall since May.
The dean does not intend to open the file. | The clerk wants the file opened. The dean had no plans to do so.
The word of the manager is not enough for the union. | The union wants the word of the manager in writing.
Ivo Sarn led the choir for ten years. | None of this surprises Ivo Sarn, who led the choir for ten years.
The chances of the law were even at best. | The chances of the law were “no better than even”.
The duty to ask was read out by the judge. | “The duty to ask is not a joke,” the judge said as she read it out.
The farm lost its cooks in May. | The farm was left without cooks in May.
The bill was £640,000, excluding the lawyers. | The bill was £640,000. That does not include the lawyers.
The judges did not say the sale was dishonest. | “We do not say that the sale was dishonest,” the judges wrote.
The club owes its players a month’s pay. | The club has not paid its players for a month.
The farmer who walked to the pass was with his mother. | A farmer who is not related to the mayor walked to the pass.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(DONE + TOLD + OPPOSED + GRANTED))
def test_what_is_denied_is_not_told_as_done(text: str, evidence: str) -> None:
    assert "W502" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(SAME + AGREED + GRANTED_TOO))
def test_a_denial_in_other_words_passes(text: str, evidence: str) -> None:
    assert "W502" not in codes(text, evidence)
