# SPDX-License-Identifier: MIT
"""Echo servers for UDP and TCP, and clients that say whether an answer comes."""
import socket
import sys
import threading

ADDRESS, PORT = "10.77.0.2", 7777


def serve():
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((ADDRESS, PORT))
    tcp = socket.create_server((ADDRESS, PORT))

    def echo_udp():
        while True:
            data, sender = udp.recvfrom(100)
            udp.sendto(data, sender)

    threading.Thread(target=echo_udp, daemon=True).start()
    print("serving", flush=True)
    while True:
        tcp.accept()[0].close()


def udp(source, count):
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.bind((source, 0))
    for i in range(count):
        client.sendto(b"%d" % i, (ADDRESS, PORT))
    client.settimeout(1)
    answered = 0
    try:
        while answered < count:
            client.recv(100)
            answered += 1
    except TimeoutError:
        pass
    return answered


def tcp():
    try:
        socket.create_connection((ADDRESS, PORT), timeout=1).close()
        return "ok"
    except TimeoutError:
        return "dropped"


if sys.argv[1] == "serve":
    serve()
elif sys.argv[1] == "udp":
    print(udp(sys.argv[2], int(sys.argv[3])))
else:
    print(tcp())
