// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Recording;

namespace Ruche.Trace;

/// <summary>
/// Writes a recording of a script's run: the script, what its programs were given at each firing, and what it asked of the host. Handed over in
/// <see cref="TraceOptions.Recorder"/>. A run that is cut off leaves a recording that ends there. Not thread-safe.
/// </summary>
public sealed class TraceRecorder : IDisposable
{
    private readonly BinaryWriter _file;
    private readonly HashSet<(AnswerKind, string)> _told = [];

    private TraceRecorder(Stream file)
    {
        _file = new(file, Encoding.UTF8);
        _file.Write(TraceRecording.Magic);
    }

    /// <summary>How many firings are in the recording.</summary>
    public long Firings { get; private set; }

    /// <summary>Begins a recording in a file, which is made anew.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static TraceRecorder Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    internal void Write(TraceScript script, TraceOptions options)
    {
        _file.Write((byte)RecordingPart.Script);
        _file.Write(script.Source.Name);
        _file.Write(script.Source.Text);
        _file.Write7BitEncodedInt(options.Parameters.Length);
        foreach (string parameter in options.Parameters) _file.Write(parameter);
        _file.Write(options.Pid ?? 0);
        _file.Write(options.Child ?? 0);
    }

    // What does not change is written once.
    internal void Write(AnswerKind kind, string key, byte[]? answer)
    {
        if (kind is not (AnswerKind.Clock or AnswerKind.Command or AnswerKind.File) && !_told.Add((kind, key))) return;
        _file.Write((byte)RecordingPart.Answer);
        _file.Write((byte)kind);
        _file.Write(key);
        _file.Write7BitEncodedInt((answer?.Length ?? -1) + 1);
        _file.Write(answer ?? []);
    }

    internal void Start(ReadOnlySpan<byte> shared)
    {
        _file.Write((byte)RecordingPart.Start);
        _file.Write7BitEncodedInt(shared.Length);
        _file.Write(shared);
    }

    internal void Write(ReadOnlySpan<byte> firing)
    {
        _file.Write((byte)RecordingPart.Firing);
        _file.Write7BitEncodedInt(firing.Length);
        _file.Write(firing);
        Firings++;
    }

    internal void Mark(RecordingPart part) => _file.Write((byte)part);

    internal void End(ulong lost)
    {
        _file.Write((byte)RecordingPart.End);
        _file.Write(lost);
        _file.Flush();
    }
}
