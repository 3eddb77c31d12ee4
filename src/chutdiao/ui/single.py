"""One window for each data folder: a second start shows the first."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class SingleWindow(QObject):
    """Listens for second starts; ``claim`` says whether this is the first."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "chutdiao-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def claim(self) -> bool:
        """Whether no other window has this folder; the other one is called to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.write(b"show\n")
            socket.waitForBytesWritten(_WAIT_MS)
            socket.disconnectFromServer()
            return False
        # A crash leaves the socket's file behind; nobody answered, so it is nobody's.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        self._server.close()

    @Slot()
    def _called(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().disconnected.connect(self._hung_up)
            self.called.emit()

    @Slot()
    def _hung_up(self) -> None:
        self.sender().deleteLater()
