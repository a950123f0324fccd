// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Preamble;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>
/// Looks names up and finds types. A script may use a map before the place that shows its type, so all of it is gone through again until nothing
/// changes; only the last round reports what is wrong.
/// </summary>
internal sealed partial class Binder
{
    private const int MostRounds = 16;

    private readonly SourceText _source;
    private readonly CPreamble _preamble;
    private readonly Dictionary<string, MapSymbol> _maps = new(StringComparer.Ordinal);
    private readonly List<Program> _programs = [];
    private readonly List<string> _timeFormats = [];
    private readonly HashSet<string> _options = new(StringComparer.Ordinal);
    private readonly BoundParts? _parts;
    private DiagnosticBag _diagnostics = new();
    private bool _changed;
    private Program _program = null!;

    private Binder(SourceText source, CPreamble preamble, ScriptOptions options, BoundParts? parts)
    {
        _source = source;
        _preamble = preamble;
        _parts = parts;
        Options = options;
    }

    public TypeCatalog Types => _preamble.Types;

    public ScriptOptions Options { get; }

    /// <summary>The place that is bound for, as one of several alike.</summary>
    public ProbeSite Site => _program.Sites[0];

    /// <summary>The type of the program that is bound, and the hook it is loaded for.</summary>
    public (ProgramType Type, AttachType Hook) ProgramKind => ProgramSections.TypeOf(_program.Sites, _program.NeedsSite, _program.TakesKernelObjects);

    /// <summary>Binds probes whose places are known. Null when something is wrong, which is reported. What became of each place of the text is kept in <paramref name="parts"/>.</summary>
    public static BoundScript? Bind(
        IReadOnlyList<(Declaration.Probe Probe, ImmutableArray<ProbeSite> Sites)> probes, ImmutableArray<Declaration> declarations, SourceText source, CPreamble preamble, ScriptOptions options, DiagnosticBag diagnostics, BoundParts? parts = null)
    {
        Binder binder = new(source, preamble, options, parts);
        foreach (var (probe, sites) in probes)
        {
            foreach (var group in SiteGroups.Of(probe, sites)) binder._programs.Add(new(probe, group.Sites, group.NeedsSite));
        }

        for (int round = 0; round < MostRounds; round++)
        {
            binder._changed = false;
            binder._diagnostics = new();
            parts?.Clear();
            foreach (var declaration in declarations) binder.BindDeclaration(declaration);
            var bound = binder.BindPrograms();
            if (binder._changed || binder.GuessValues()) continue;
            foreach (var diagnostic in binder._diagnostics.Items.DistinctBy(d => d.ToString())) diagnostics.Report(diagnostic);
            return binder._diagnostics.HasErrors ? null : new(bound, [.. binder._maps.Values], [.. binder._timeFormats]);
        }

        throw new System.Diagnostics.UnreachableException("types grow without end");
    }

    public void Error(string id, string message, SourceSpan span, params ReadOnlySpan<string> notes) => _diagnostics.Error(id, message, _source.Locate(span), notes);

    public void Warning(string id, string message, SourceSpan span, params ReadOnlySpan<string> notes) => _diagnostics.Warning(id, message, _source.Locate(span), notes);

    // A map that is only ever given what it holds itself, as in @n = @n + 1, holds numbers.
    private bool GuessValues()
    {
        bool isGuessed = false;
        foreach (var map in _maps.Values.Where(m => m.IsGiven && m.Value.Type is TraceType.Nothing)) map.Value.Add(TraceType.Int64, isTentative: true, ref isGuessed);
        return isGuessed;
    }

    private ImmutableArray<BoundProbe> BindPrograms()
    {
        var bound = ImmutableArray.CreateBuilder<BoundProbe>(_programs.Count);
        foreach (var program in _programs)
        {
            _program = program;
            program.Restart();
            var body = BindBody(program.Probe);
            if (body is [BoundStatement.If { Condition: BoundExpression.Number { Value: 0 } }] && program.Probe.Predicate is not null) continue; // it would never do anything
            if (Site is ProbeSite.Iterator { Pin: not null }) CheckPinned(body);
            bound.Add(new(program.Sites, body, program.NeedsSite) { Context = ProbeArguments.ContextOf(Site, Types) });
        }

        CheckWhole();
        return bound.ToImmutable();
    }

    private ImmutableArray<BoundStatement> BindBody(Declaration.Probe probe)
    {
        using var scope = _program.Variables.Open();
        if (probe.Predicate is null) return BindStatements(probe.Body);
        var condition = BindCondition(probe.Predicate);
        var then = BindStatements(probe.Body);
        return [new BoundStatement.If(condition, then, [], probe.Span)];
    }

    // After another error a map may lack its value, and an option its mention, because of that.
    private void CheckWhole()
    {
        if (_diagnostics.HasErrors) return;
        foreach (string name in Options.Named.Keys.Where(n => !_options.Contains(n)))
            Error(TraceDiagnostics.BadArgument, $"the script has no option --{name}", default, _options.Count == 0 ? "it has none" : $"it has {string.Join(", ", _options.Order(StringComparer.Ordinal).Select(o => $"--{o}"))}");
        foreach (var map in _maps.Values)
        {
            if (map.Value.Type is TraceType.Nothing) Error(TraceDiagnostics.UnknownMap, $"map '{map}' is never given a value", map.FirstUse, $"assign to it: {map}{(map.HasKey is true ? "[...]" : "")} = ...");
            if (map is { IsPerProcessor: true, Aggregation: null }) Error(TraceDiagnostics.TypeMismatch, $"map '{map}' keeps values that do not sum up, so there is one for all processors", map.FirstUse, $"write let {map} = {(map.DropsOldest ? "lruhash" : "hash")}({map.MostEntries})");
            if (map is { MostEntries: not null, HasKey: not true }) Error(TraceDiagnostics.TypeMismatch, $"map '{map}' has no keys, so there is nothing to make room for", map.FirstUse, "leave the declaration out, or give it keys");
        }
    }

    private static string Plural(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>A program on its way: its variables keep their types from round to round.</summary>
    private sealed class Program(Declaration.Probe probe, ImmutableArray<ProbeSite> sites, bool needsSite)
    {
        private RecordLayout? _arguments;
        private bool _hasArguments;

        public Declaration.Probe Probe { get; } = probe;

        public ImmutableArray<ProbeSite> Sites { get; } = sites;

        public bool NeedsSite { get; } = needsSite;

        public VariableScopes Variables { get; } = new();

        public int Loops { get; set; }

        /// <summary>How often it calls functions of the script's own.</summary>
        public int Calls { get; set; }

        /// <summary>Whether it calls functions that take objects of the kernel.</summary>
        public bool TakesKernelObjects { get; set; }

        /// <summary>The function whose body is being bound; null in the probe itself.</summary>
        public OwnCall? Call { get; set; }

        /// <summary>What <c>args</c> is here; null when nothing is.</summary>
        public RecordLayout? Arguments(TypeCatalog types)
        {
            if (!_hasArguments) (_arguments, _hasArguments) = (ProbeArguments.Of(Sites[0], types), true);
            return _arguments;
        }

        public void Restart()
        {
            Variables.Restart();
            Loops = Calls = 0;
        }
    }
}
