// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Ruche.Bpf;

namespace Ruche.Cli.Terminals;

/// <summary>
/// The process's standard output. A pipe is written as a file rather than through <see cref="Console"/>, which hides that a reader
/// such as <c>head</c> has gone: here that is an <see cref="IOException"/>, and the command ends. It has not failed: nobody wants more.
/// </summary>
internal static class StandardOutput
{
    private const int BufferSize = 1 << 16;

    /// <summary>Opens the stream; the descriptor stays open when it is disposed.</summary>
    public static Stream Open()
    {
        FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A FileStream keeps a position of its own in a regular file and would overwrite what others append there.
        return new BufferedStream(output.CanSeek ? Console.OpenStandardOutput() : output, BufferSize);
    }

    /// <summary>Whether a write failed because nobody reads any more. The runtime keeps the errno as the result code.</summary>
    public static bool HasLostReader(IOException failure) => failure.HResult == (int)Errno.EPIPE;

    /// <summary>Whether redrawing in place makes sense: a terminal, and nobody asked for plain text.</summary>
    public static bool IsLive =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>The terminal's size; 80 by 24 where it does not say.</summary>
    public static (int Width, int Height) Size()
    {
        try
        {
            return (Math.Max(20, Console.WindowWidth), Math.Max(5, Console.WindowHeight));
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }
}
