"""The facilitator's desk: type while people talk."""
