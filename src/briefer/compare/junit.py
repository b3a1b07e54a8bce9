"""A comparison as JUnit XML: a test for each section, each outlet's account and each expectation."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from briefer.compare.report import Comparison
from briefer.text import inert


def to_junit(found: Comparison) -> str:
    """Return the JUnit XML of a comparison, ending with a newline; what makes it a regression is a failure."""
    suite = ET.Element("testsuite", name="briefer compare")
    failures = 0
    for section in found.sections:
        case = ET.SubElement(suite, "testcase", classname="briefer.compare", name=section.title)
        told = [alert.message for alert in found.alerts if alert.section == section.key]
        if section.key in found.regressions:
            told.insert(0, section.verdict)
        failures += _fail(case, told)
        if not told:
            ET.SubElement(case, "system-out").text = inert(section.verdict)
    for alert in found.alerts:
        if alert.section is None and alert.kind != "model":
            case = ET.SubElement(suite, "testcase", classname="briefer.compare", name=inert(alert.message[:120]))
            failures += _fail(case, [alert.message])
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(failures))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _fail(case: ET.Element, told: list[str]) -> int:
    if told:
        failure = ET.SubElement(case, "failure", message=inert(told[0]))
        failure.text = inert("\n".join(told))
    return bool(told)
