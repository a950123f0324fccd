// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Recording;

namespace Ruche.Trace;

/// <summary>
/// A recording of a script's run. Compiled with it (<see cref="TraceOptions.Recording"/>), a script asks the recording instead of the host, and
/// <see cref="TraceReplay"/> gives its programs what those of the recording were given: no kernel and no privilege is needed.
/// </summary>
public sealed class TraceRecording
{
    internal const string Magic = "ruche trace recording 1\n";

    private readonly Dictionary<(AnswerKind, string), List<byte[]?>> _answers = [];
    private readonly Dictionary<(AnswerKind, string), int> _asked = [];
    private readonly List<RecordingItem> _items = [];

    private TraceRecording(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The script that was recorded.</summary>
    public string Script { get; private set; } = "";

    /// <summary>What the script was called.</summary>
    public string ScriptName { get; private set; } = "";

    /// <summary>The parameters that it was run with.</summary>
    public ImmutableArray<string> Parameters { get; private set; } = [];

    /// <summary>Whether the run was recorded to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many firings were lost when it was recorded.</summary>
    public ulong Lost { get; private set; }

    /// <summary>How many firings there are.</summary>
    public int Firings { get; private set; }

    internal int? Pid { get; private set; }

    internal int? Child { get; private set; }

    internal byte[] Shared { get; private set; } = [];

    internal IReadOnlyList<RecordingItem> Items => _items;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="InvalidObjectException">The file is no recording.</exception>
    public static TraceRecording Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(File.OpenRead(path), path);
    }

    /// <summary>Reads a recording out of a stream, which is closed.</summary>
    internal static TraceRecording Read(Stream stream, string path)
    {
        using BinaryReader file = new(stream, Encoding.UTF8);
        TraceRecording recording = new(path);
        try
        {
            if (file.ReadString() != Magic) throw new FormatException();
            while (!recording.IsComplete) recording.ReadPart(file);
        }
        catch (EndOfStreamException) when (recording.Script.Length > 0)
        {
            // The run was cut off; what there is of it counts.
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidObjectException(
                [new Diagnostic(TraceDiagnostics.BadRecording, Severity.Error, "this is no recording of a script, or it is damaged", new Location.Image(path, null, file.BaseStream.Position)) { Notes = ["make one with ruche trace --record FILE"] }]);
        }

        return recording;
    }

    /// <summary>The next answer to a question, or the last there is; null when there is none.</summary>
    internal byte[]? Answer(AnswerKind kind, string key)
    {
        if (!_answers.TryGetValue((kind, key), out var answers)) return null;
        int asked = _asked.GetValueOrDefault((kind, key));
        _asked[(kind, key)] = asked + 1;
        return answers[Math.Min(asked, answers.Count - 1)];
    }

    /// <summary>Whether a question was asked when this was recorded.</summary>
    internal bool Knows(AnswerKind kind, string key) => _answers.ContainsKey((kind, key));

    /// <summary>What was asked of a kind.</summary>
    internal IEnumerable<string> Asked(AnswerKind kind) => _answers.Keys.Where(k => k.Item1 == kind).Select(k => k.Item2);

    private void ReadPart(BinaryReader file)
    {
        var part = (RecordingPart)file.ReadByte();
        switch (part)
        {
            case RecordingPart.Script:
                ScriptName = file.ReadString();
                Script = file.ReadString();
                string[] parameters = new string[file.Read7BitEncodedInt()];
                for (int i = 0; i < parameters.Length; i++) parameters[i] = file.ReadString();
                Parameters = [.. parameters];
                Pid = file.ReadInt32() is > 0 and var pid ? pid : null;
                Child = file.ReadInt32() is > 0 and var child ? child : null;
                break;
            case RecordingPart.Answer:
                var question = ((AnswerKind)file.ReadByte(), file.ReadString());
                int length = file.Read7BitEncodedInt() - 1;
                if (!_answers.TryGetValue(question, out var answers)) _answers[question] = answers = [];
                answers.Add(length < 0 ? null : Bytes(file, length));
                break;
            case RecordingPart.Start:
                Shared = Bytes(file, file.Read7BitEncodedInt());
                break;
            case RecordingPart.Firing:
                _items.Add(new(part, Firing.Read(Bytes(file, file.Read7BitEncodedInt()))));
                Firings++;
                break;
            case RecordingPart.MapEvent or RecordingPart.Detached:
                _items.Add(new(part, null));
                break;
            case RecordingPart.End:
                Lost = file.ReadUInt64();
                IsComplete = true;
                break;
            default: throw new FormatException();
        }
    }

    private static byte[] Bytes(BinaryReader file, int length)
    {
        byte[] bytes = file.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
