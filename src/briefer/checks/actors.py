"""Nouns for those who act in news without a name of their own: bodies, offices, trades, kin, sides of a dispute."""

from __future__ import annotations

from briefer.stems import stem

ACTORS = frozenset(
    map(
        stem,
        """government ministry minister mayor police union company council court judge bank board agency commission
        authority party committee club league airline hospital operator regulator prosecutor firm opposition federation
        association crew army navy school university insurer inspectorate owner employer treasury parliament senate
        spokesman spokeswoman chairman chairwoman director manager captain coach lawyer auditor supplier buyer seller
        landlord tenant plaintiff defendant winner loser majority minority supporters opponents
        president premier chancellor governor senator deputy chief secretary leader candidate voter member delegate
        envoy ambassador cabinet coalition chamber assembly tribunal panel ombudsman watchdog inquiry survey poll
        prosecution defence inspector investigator detective officer sergeant soldier rebel guard firefighter
        coastguard skipper fisherman farmer grower haulier driver pilot builder maker producer manufacturer developer
        contractor subcontractor consultant consultancy publisher broadcaster newspaper retailer trader dealer broker
        investor creditor lender bondholder shareholder analyst economist scientist researcher engineer expert
        doctor nurse patient teacher pupil parent student resident villager neighbour visitor customer client passenger
        worker employee staff management founder partner rival competitor critic campaigner activist protester fan
        organiser hacker attacker victim witness survivor suspect accused
        family father mother son daughter husband wife widow brother sister uncle aunt cousin nephew niece
        trust fund foundation charity museum gallery institute college airport port railway carrier shipyard
        group side team town city village region state province county capital men women""".split(),
    )
)
