"""From nomination to champion."""
