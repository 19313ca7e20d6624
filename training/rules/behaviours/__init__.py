"""How an attempt behaves: when feedback is shown, how often one may try, what certainty earns, what is asked next."""
