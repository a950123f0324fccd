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

    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _waiting = new();

    private MetricsServer(TcpListener listener) => _listener = listener;

    /// <summary>Listens at <c>:PORT</c> on this host alone, or at <c>ADDRESS:PORT</c>.</summary>
    public static MetricsServer Start(string where)
    {
        int port = where.LastIndexOf(':');
        string address = port > 0 ? where[..port].Trim('[', ']') : "127.0.0.1";
        if (!IPAddress.TryParse(address, out var host) || !ushort.TryParse(where.AsSpan(port + 1), out ushort number))
            throw new CommandFailure(ExitCode.Usage, $"--metrics takes :PORT or ADDRESS:PORT, not '{where}'");
        TcpListener listener = new(host, number);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new CommandFailure(ExitCode.Failed, $"listen at {where}: {e.Message}; choose another port");
        }

        MetricsServer server = new(listener);
        _ = server.AcceptAsync();
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

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It listens no more.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            try
            {
                byte[] request = new byte[LongestRequest];
                int length = 0, read;
                while (request.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0 && (read = await client.ReceiveAsync(request.AsMemory(length))) > 0) length += read;
                TaskCompletionSource<string> metrics = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(metrics);
                byte[] body = Encoding.UTF8.GetBytes(await metrics.Task);
                byte[] head = Encoding.UTF8.GetBytes(FormattableString.Invariant($"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
                await client.SendAsync((byte[])[.. head, .. body]);
            }
            catch (SocketException)
            {
                // Whoever asked has gone.
            }
        }
    }
}
