// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ruche.Trace;

namespace Ruche.Cli.Trace;

/// <summary>Answers every request over HTTP with a script's maps, in the text format of Prometheus.</summary>
internal sealed class MetricsServer : IDisposable
{
    private const int LongestRequest = 8192;
    private const int PatienceMilliseconds = 2000;

    private readonly Socket _listener;
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _waiting = new();

    private MetricsServer(Socket listener) => _listener = listener;

    /// <summary>Listens at <c>:PORT</c> on this host alone, or at <c>ADDRESS:PORT</c>.</summary>
    public static MetricsServer Start(string where)
    {
        int port = where.LastIndexOf(':');
        string address = port > 0 ? where[..port].Trim('[', ']') : "127.0.0.1";
        if (!IPAddress.TryParse(address, out var host) || !ushort.TryParse(where.AsSpan(port + 1), out ushort number))
            throw new CommandFailure(ExitCode.Usage, $"--metrics takes :PORT or ADDRESS:PORT, not '{where}'");
        Socket listener = new(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(host, number));
            listener.Listen();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new CommandFailure(ExitCode.Failed, $"listen at {where}: {e.Message}; choose another port");
        }

        MetricsServer server = new(listener);
        new Thread(server.Serve) { IsBackground = true, Name = "metrics" }.Start();
        return server;
    }

    /// <summary>Hands the maps to those who have asked for them.</summary>
    public void Tick(TraceRun run)
    {
        string? metrics = null;
        while (_waiting.TryDequeue(out var waiting)) waiting.SetResult(metrics ??= run.ShowMetrics());
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.Accept();
                Answer(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It listens no more.
        }
    }

    private void Answer(Socket client)
    {
        try
        {
            client.ReceiveTimeout = client.SendTimeout = PatienceMilliseconds;
            byte[] request = new byte[LongestRequest];
            int length = 0, read;
            while (request.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0 && (read = client.Receive(request.AsSpan(length))) > 0) length += read;
            TaskCompletionSource<string> metrics = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(metrics);
            byte[] body = Encoding.UTF8.GetBytes(metrics.Task.Result);
            byte[] head = Encoding.UTF8.GetBytes(FormattableString.Invariant($"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            client.Send((byte[])[.. head, .. body]);
        }
        catch (SocketException)
        {
            // Whoever asked has gone, or says nothing.
        }
    }
}
