"""Questions to and from the formats of other programs: GIFT, Aiken, Moodle XML, QTI 2.1 to 3.0, CSV."""
