"""Sends one message with smtplib as the JSON on standard input says; ends with 1 and the server's words when it is refused."""
import json
import smtplib
import ssl
import sys

delivery = json.load(sys.stdin)
context = ssl.create_default_context(cafile=delivery["authorityFile"])
# The certificate has the relay's name; the connection goes to loopback.
context.check_hostname = False

address = ("127.0.0.1", delivery["port"])
if delivery["tls"] == "implicit":
    connection = smtplib.SMTP_SSL(*address, local_hostname="CA01", timeout=30, context=context)
else:
    connection = smtplib.SMTP(*address, local_hostname="CA01", timeout=30)

with open(delivery["file"], "rb") as file:
    message = file.read()

try:
    with connection:
        if delivery["tls"] == "starttls":
            connection.starttls(context=context)
        if "login" in delivery:
            connection.login(delivery["login"]["user"], delivery["login"]["password"])
        options = ["BODY=8BITMIME"] if delivery.get("eightBit") else []
        refused = connection.sendmail(delivery["from"], delivery["to"], message, mail_options=options)
except smtplib.SMTPException as problem:
    sys.exit(str(problem))
if refused:
    sys.exit(str(refused))
