using System.Collections.Concurrent;
using System.Net;
using CallCenter.Simulators.Faults;
using Microsoft.AspNetCore.Connections;

namespace CallCenter.Simulators.Hosting;

/// <summary>
/// Sockets that can be switched off under a running Kestrel. Refusing closes the listening socket, so that a client
/// gets the operating system's own "connection refused", and resets what is open.
/// </summary>
internal sealed class SwitchedListenerFactory(IConnectionListenerFactory sockets, FaultSwitch faults) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new SwitchedListener(await sockets.BindAsync(endpoint, cancellationToken), sockets, faults);

    private sealed class SwitchedListener : IConnectionListener
    {
        private static readonly TimeSpan RebindPause = TimeSpan.FromMilliseconds(20);
        private readonly IConnectionListenerFactory _sockets;
        private readonly FaultSwitch _faults;
        private readonly ConcurrentDictionary<ConnectionContext, byte> _open = new();
        private readonly CancellationTokenSource _stopped = new();
        private readonly SemaphoreSlim _gate = new(1, 1);
        private IConnectionListener? _inner;

        public SwitchedListener(IConnectionListener inner, IConnectionListenerFactory sockets, FaultSwitch faults)
        {
            _inner = inner;
            _sockets = sockets;
            _faults = faults;
            EndPoint = inner.EndPoint;
            _faults.Changed += OnChanged;
        }

        public EndPoint EndPoint { get; }

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (!_stopped.IsCancellationRequested)
            {
                if (await ListenAsync(cancellationToken) is not { } inner)
                {
                    continue;
                }

                var connection = await inner.AcceptAsync(cancellationToken);
                if (connection is null)
                {
                    continue;
                }

                if (_faults.RefuseConnections)
                {
                    Reset(connection);
                    continue;
                }

                _faults.CountConnection();
                _open[connection] = 0;
                connection.ConnectionClosed.Register(() => _open.TryRemove(connection, out _));
                return connection;
            }

            return null;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _faults.Changed -= OnChanged;
            await _stopped.CancelAsync();
            await CloseAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await UnbindAsync();
            _stopped.Dispose();
            _gate.Dispose();
        }

        // The listener in force: null while refusing, bound again on the same port afterwards.
        private async ValueTask<IConnectionListener?> ListenAsync(CancellationToken cancellationToken)
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                if (!_faults.RefuseConnections && !_stopped.IsCancellationRequested)
                {
                    return _inner ??= await BindAgainAsync(cancellationToken);
                }
            }
            finally
            {
                _gate.Release();
            }

            await CloseAsync();
            await Task.Delay(RebindPause, cancellationToken);
            return null;
        }

        private async ValueTask<IConnectionListener?> BindAgainAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _sockets.BindAsync(EndPoint, cancellationToken);
            }
            catch (AddressInUseException)
            {
                // The closed socket may hold the port a moment longer; the accept loop comes back.
                return null;
            }
        }

        private void OnChanged(FaultSettings before, FaultSettings after)
        {
            if (after.RefuseConnections && !before.RefuseConnections)
            {
                // Closing makes the pending accept return, and the loop above notices.
                _ = CloseAsync();
                ResetAll();
            }
            else if (before.RefuseConnections && !after.RefuseConnections)
            {
                // At once, not at the accept loop's next turn: who switched it off may connect straight away.
                _ = ListenAsync(_stopped.Token).AsTask();
            }
            else if (after.WrongCertificate != before.WrongCertificate)
            {
                // A kept-alive connection would go on under the certificate it began with.
                ResetAll();
            }
        }

        private async Task CloseAsync()
        {
            await _gate.WaitAsync();
            try
            {
                // Refusing may have ended while this waited for the gate; the socket in force is then the new one.
                if ((_faults.RefuseConnections || _stopped.IsCancellationRequested) && Interlocked.Exchange(ref _inner, null) is { } inner)
                {
                    await inner.UnbindAsync();
                    await inner.DisposeAsync();
                }
            }
            finally
            {
                _gate.Release();
            }
        }

        private void ResetAll()
        {
            foreach (var connection in _open.Keys)
            {
                Reset(connection);
            }
        }

        private static void Reset(ConnectionContext connection) =>
            connection.Abort(new ConnectionAbortedException("The simulated peer is misbehaving on demand."));
    }
}
