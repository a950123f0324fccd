// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>
/// Reads a verifier log from its end: logs run to megabytes and only the last path matters. Lines are gathered backwards until
/// the start of the failing path, then folded forwards to the register state.
/// </summary>
internal sealed class VerifierLogReader(string text)
{
    private readonly List<VerifierLogLine> _path = [];
    private readonly List<string> _reasons = [];
    private long _processed = -1;
    private int _failing = -1;

    public VerifierLog Read()
    {
        Gather();
        string reason = string.Join("; ", Enumerable.Reverse(_reasons));
        var log = new VerifierLog { Text = text, Reason = reason, ProcessedInstructions = _processed };
        if (_failing < 0) return log with { Slot = LogText.SlotNamedBy(reason) };

        var instruction = _path[_failing];
        return log with
        {
            Slot = instruction.Slot,
            Instruction = WithoutState(instruction.Body).ToString(),
            Source = FindSource(),
            Registers = FoldRegisters(),
        };
    }

    /// <summary>Fills <see cref="_path"/> in reverse: index 0 is the last line of the log that is not about the reason.</summary>
    private void Gather()
    {
        int end = text.Length;
        bool hasState = false, hasSource = false;
        while (end > 0 && !(hasState && hasSource))
        {
            int start = text.LastIndexOf('\n', end - 1) + 1;
            var line = VerifierLogLine.Classify(text.AsSpan(start, end - start).TrimEnd('\r'));
            end = start - 1;
            if (line.Kind is VerifierLogLineKind.Noise) continue;
            if (line.Kind is VerifierLogLineKind.Statistics) ReadStatistics(line.Body);
            else if (_failing < 0 && line.Kind is VerifierLogLineKind.Message) _reasons.Add(line.Body);
            else if (_failing >= 0 || line.Kind is VerifierLogLineKind.Instruction)
            {
                if (_failing < 0) _failing = _path.Count;
                _path.Add(line);
                hasState |= line.Kind is VerifierLogLineKind.State;
                hasSource |= line.Kind is VerifierLogLineKind.Source && ParseSource(line.Body).Text.Length > 0;
            }
        }
    }

    private void ReadStatistics(string body)
    {
        int space = body.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && long.TryParse(body.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            _processed = count;
    }

    private SourceLine? FindSource()
    {
        SourceLine? bare = null;
        foreach (var line in _path)
        {
            if (line.Kind is not VerifierLogLineKind.Source) continue;
            var source = ParseSource(line.Body);
            if (source.Text.Length > 0) return source;
            bare ??= source;
        }

        return bare;
    }

    /// <summary><c>*v = 1; @ bad.bpf.c:5</c>; kernels before 6.9 leave the place out.</summary>
    private static SourceLine ParseSource(string body)
    {
        int at = body.LastIndexOf("@ ", StringComparison.Ordinal);
        int colon = body.LastIndexOf(':');
        if (at < 0 || colon < at || !int.TryParse(body.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int line))
            return new("", 0, Statement(body));
        return new(body[(at + 2)..colon], line, Statement(body[..at]));
    }

    private static string Statement(string source) => source.Trim().TrimEnd(';').TrimEnd();

    private ImmutableArray<RegisterState> FoldRegisters()
    {
        SortedDictionary<string, string> known = new(RegisterOrder.Instance);
        for (int i = _path.Count - 1; i >= _failing; i--)
        {
            var line = _path[i];
            if (line.Kind is VerifierLogLineKind.State)
            {
                known.Clear();
                RegisterOrder.ReadInto(known, line.Body);
            }
            else if (line.Kind is VerifierLogLineKind.Instruction && line.Body.IndexOf(';', StringComparison.Ordinal) is >= 0 and var split)
            {
                RegisterOrder.ReadInto(known, line.Body.AsSpan(split + 1));
            }
        }

        return [.. known.Select(pair => new RegisterState(pair.Key, pair.Value))];
    }

    private static ReadOnlySpan<char> WithoutState(string body)
    {
        int split = body.IndexOf(';', StringComparison.Ordinal);
        return (split < 0 ? body : body.AsSpan(0, split)).TrimEnd();
    }
}
