// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>
/// The way the kernel went to where it stopped. It walks depth first: "from 12 to 20" goes back to the last branch at 12 whose
/// other side is still to be walked, and what came behind that belongs to another path.
/// </summary>
internal sealed partial class LogPath
{
    private readonly List<LogStep> _steps = [];
    private readonly List<VerifierLogLine> _messages = [];
    private readonly Dictionary<int, SourcePlace> _places = [];
    private SourcePlace? _place;
    private bool _hasState;

    private LogPath()
    {
    }

    /// <summary>The instructions of the last path, the first one first.</summary>
    public IReadOnlyList<LogStep> Steps => _steps;

    /// <summary>What the kernel said behind the last instruction.</summary>
    public IReadOnlyList<VerifierLogLine> Messages => _messages;

    /// <summary>What the kernel knew at the beginning of the path; empty when the log does not say.</summary>
    public string Start { get; private set; } = "";

    /// <summary>Whether the lines look like a log at all.</summary>
    public bool IsLog => _steps.Count > 0 || _hasState;

    /// <summary>Reads the lines of one program.</summary>
    public static LogPath Read(IEnumerable<string> lines)
    {
        LogPath path = new();
        foreach (string line in lines) path.Add(line);
        path.SetDepths();
        return path;
    }

    private void Add(string text)
    {
        if (text.StartsWith("from ", StringComparison.Ordinal) && GoBack(text)) return;
        if (text.StartsWith("Validating ", StringComparison.Ordinal)) _steps.Clear();
        var line = VerifierLogLine.Classify(text);
        switch (line.Kind)
        {
            case VerifierLogLineKind.Source: _place = PlaceOf(line.Body); break;
            case VerifierLogLineKind.Instruction: AddStep(line); break;
            case VerifierLogLineKind.State:
                _hasState = true;
                if (_steps.Count == 0) Start = line.Body;
                else if (_steps[^1].After.Length == 0) _steps[^1].After = line.Body;
                break;
            case VerifierLogLineKind.Message: _messages.Add(line); break;
            default: break;
        }
    }

    private bool GoBack(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] words = (colon < 0 ? text : text[..colon]).Split(' ');
        if (words.Length < 4 || words[2] != "to" || !TryNumber(words[1], out int from) || !TryNumber(words[3], out _)) return false;
        string state = colon < 0 ? "" : text[(colon + 1)..].Trim();
        if (state is "safe") return true;
        _messages.Clear();
        _hasState = true;
        int at = LastAt(from, mayBeTurned: false);
        if (at < 0) at = LastAt(from, mayBeTurned: true);
        _steps.RemoveRange(at + 1, _steps.Count - at - 1);
        if (at < 0) Start = state;
        else (_steps[at].IsTurned, _steps[at].After) = (true, state);
        _place = null;
        return true;
    }

    private int LastAt(int slot, bool mayBeTurned)
    {
        int at = _steps.Count - 1;
        while (at >= 0 && (_steps[at].Slot != slot || _steps[at].IsTurned && !mayBeTurned)) at--;
        return at;
    }

    private void AddStep(VerifierLogLine line)
    {
        _messages.Clear();
        if (_place is null) _places.TryGetValue(line.Slot, out _place);
        if (_place is not null) _places[line.Slot] = _place;
        int split = line.Body.IndexOf(';', StringComparison.Ordinal);
        string text = split < 0 ? line.Body : line.Body[..split].TrimEnd();
        string after = split < 0 ? "" : line.Body[(split + 1)..].Trim();
        if (split < 0 && Joined().Match(text) is { Success: true } joined)
        {
            after = text[joined.Length..];
            text = joined.Groups[1].Value;
        }

        _steps.Add(new(line.Slot, text, _place) { After = after });
    }

    // Behind a call, an instruction that is not the next one is the first of the function called, or of a callback.
    private void SetDepths()
    {
        int depth = 0;
        for (int i = 0; i < _steps.Count; i++)
        {
            _steps[i].Depth = depth;
            var kind = _steps[i].Instruction.Kind;
            if (kind is LogInstructionKind.Exit && depth > 0) depth--;
            else if (kind is LogInstructionKind.Call && i + 1 < _steps.Count && _steps[i + 1].Slot != _steps[i].Slot + 1) depth++;
        }
    }

    private static SourcePlace? PlaceOf(string body)
    {
        int at = body.LastIndexOf("@ ", StringComparison.Ordinal), colon = body.LastIndexOf(':');
        if (at >= 0 && colon > at && TryNumber(body[(colon + 1)..], out int line))
            return line == 0 ? null : new(body[(at + 2)..colon].Trim(), line, Statement(body[..at]));
        return body.Length == 0 ? null : new("", 0, Statement(body));
    }

    // A line of a macro ends in a backslash.
    private static string Statement(string text) => text.Trim().TrimEnd('\\').TrimEnd();

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // At level 1, the kernel takes back what it said of the other paths, and the line end with it: `if r1 != 0x0 goto pc+1 2: R1=ctx()`.
    [GeneratedRegex(@"^(.+?) \d+: (?=(?:R\d|frame\d|fp-\d))")]
    private static partial Regex Joined();
}
