// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf;
using Ruche.Trace.Output;
using Ruche.Trace.Running;
using Ruche.Trace.Types;

namespace Ruche.Trace.Recording;

/// <summary>
/// What a script asks its host, when it is compiled and when it prints. The host answers; or a recording does, of what the host answered once. What the
/// host answers is written to a recording that is being made.
/// </summary>
internal sealed class HostAnswers(TraceRecorder? recorder = null, TraceRecording? recording = null)
{
    /// <summary>Whether answers are written down, or come from where they were.</summary>
    public bool IsRecorded => recorder is not null || recording is not null;

    /// <summary>Whether the host is not asked at all.</summary>
    public bool IsReplayed => recording is not null;

    /// <summary>An answer as bytes; null for none.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="key">What it is asked about.</param>
    /// <param name="ask">Asks the host.</param>
    public byte[]? Ask(AnswerKind kind, string key, Func<byte[]?> ask)
    {
        if (recording is not null) return recording.Answer(kind, key);
        byte[]? answer = ask();
        recorder?.Write(kind, key, answer);
        return answer;
    }

    /// <summary>An answer as text; null for none.</summary>
    public string? AskText(AnswerKind kind, string key, Func<string?> ask)
    {
        if (!IsRecorded) return ask();
        return Ask(kind, key, () => ask() is { } text ? Encoding.UTF8.GetBytes(text) : null) is { } answer ? Encoding.UTF8.GetString(answer) : null;
    }

    /// <summary>An answer as a number; null for none.</summary>
    public ulong? AskNumber(AnswerKind kind, string key, Func<ulong?> ask)
    {
        if (!IsRecorded) return ask();
        return Ask(kind, key, () => ask() is { } number ? BitConverter.GetBytes(number) : null) is { } answer ? BinaryPrimitives.ReadUInt64LittleEndian(answer) : null;
    }

    /// <summary>Nanoseconds since boot.</summary>
    public ulong SinceBoot() => AskNumber(AnswerKind.Clock, "", () => KernelClock.SinceBoot) ?? 0;

    /// <summary>What a command writes; it is run.</summary>
    public byte[] OutputOf(string command) => Ask(AnswerKind.Command, command, () => ShellCommand.Run(command)) ?? [];

    /// <summary>What stands at the start of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public byte[] StartOf(string path, int most)
    {
        IOException? refusal = null;
        byte[]? start = Ask(AnswerKind.File, path, () =>
        {
            try
            {
                using var file = File.OpenRead(path);
                byte[] content = new byte[most];
                return content[..file.ReadAtLeast(content, most, throwOnEndOfStream: false)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refusal = new(e.Message, e);
                return null;
            }
        });
        return start ?? throw refusal ?? new FileNotFoundException("it could not be read when this was recorded");
    }

    /// <summary>What this host calls something; null when it has no name, or is gone.</summary>
    public string? NameOf(NameKind kind, ulong number) =>
        AskText(AnswerKind.Name, string.Create(CultureInfo.InvariantCulture, $"{(int)kind}:{number}"), () => HostNames.Of(kind, number));

    /// <summary>How far local time is from UTC.</summary>
    public LocalTime LocalTime(long seconds)
    {
        if (!IsRecorded) return HostNames.LocalTime(seconds);
        string? told = AskText(AnswerKind.LocalTime, seconds.ToString(CultureInfo.InvariantCulture), () =>
        {
            var time = HostNames.LocalTime(seconds);
            return string.Create(CultureInfo.InvariantCulture, $"{time.Offset.TotalSeconds:F0} {time.Name}");
        });
        return told?.Split(' ', 2) is [var offset, var name] ? new(TimeSpan.FromSeconds(long.Parse(offset, CultureInfo.InvariantCulture)), name) : Output.LocalTime.Utc;
    }

    /// <summary>A number that tells how the host is built.</summary>
    public long Fact(string name, Func<long> ask) => (long)(AskNumber(AnswerKind.Fact, name, () => (ulong)ask()) ?? 0);

    /// <summary>The names that printing asks for, written down or replayed; <paramref name="live"/> knows those of the host.</summary>
    public ISymbolNames Symbols(ISymbolNames? live) => IsRecorded ? new RecordedNames(this, live) : live!;

    private sealed class RecordedNames(HostAnswers answers, ISymbolNames? live) : ISymbolNames
    {
        private ulong[] _stack = [];

        public SymbolName? Kernel(ulong address) => Read(answers.AskText(AnswerKind.KernelSymbol, Hex(address), () => Write(live!.Kernel(address))));

        public SymbolName? User(int process, ulong address) =>
            Read(answers.AskText(AnswerKind.UserSymbol, $"{process.ToString(CultureInfo.InvariantCulture)}:{Hex(address)}", () => Write(live!.User(process, address))));

        public void Keep(int process) => live?.Keep(process);

        public ReadOnlySpan<ulong> Stack(TraceType.Stack type, long id)
        {
            byte[]? bytes = answers.Ask(
                AnswerKind.Stack,
                string.Create(CultureInfo.InvariantCulture, $"{(type.IsUnwound ? $"d{type.Depth}" : StackKind.Of(type).Name)}:{id}"),
                () => MemoryMarshal.AsBytes(live!.Stack(type, id)).ToArray());
            _stack = MemoryMarshal.Cast<byte, ulong>(bytes ?? []).ToArray();
            return _stack;
        }

        private static string Hex(ulong address) => address.ToString("x", CultureInfo.InvariantCulture);

        private static string? Write(SymbolName? name) => name is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Offset}\n{known.File}\n{known.Name}") : null;

        private static SymbolName? Read(string? text)
        {
            if (text?.Split('\n', 3) is not [var offset, var file, var name]) return null;
            return new(name, ulong.Parse(offset, CultureInfo.InvariantCulture), file.Length == 0 ? null : file);
        }
    }
}
