"""What an operation on people says when it may not be done."""


class RefusedError(ValueError):
    """Nothing was changed. The message is for the person: why, and what to do; `field` is what it is about, if any."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
