"""How urgent is what somebody says? Pure: a text in, a finding or nothing out."""
