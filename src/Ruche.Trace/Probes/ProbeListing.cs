// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>
/// Lists places of probes, one a line, and types of the kernel, in bpftrace's form and order. Each provider is written before the next one is
/// asked. When verbose, the arguments of a place follow it.
/// </summary>
internal sealed class ProbeListing(ProbePlaces places, TextWriter output, bool isVerbose)
{
    // Those that are listed unless a pattern names others; places of returns are those of entries.
    private static readonly ImmutableArray<string> Searched = ["fentry", "hardware", "kprobe", "rawtracepoint", "software", "tracepoint"];

    private static readonly ImmutableArray<string> Units = ["hz", "ms", "s", "us"];

    private readonly List<string> _unreadable = [];

    /// <summary>Why places of some providers were left out when several were searched.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>
    /// Lists what matches and says how many there are: places as attach points name them, or <c>struct x</c>, <c>union x</c>, <c>enum x</c>, all with
    /// wildcards. A pattern without provider is that of a name in all providers; an empty one lists everything.
    /// </summary>
    /// <exception cref="BpfException">The one provider that the pattern names cannot be listed.</exception>
    public int List(string pattern)
    {
        if (pattern.Length == 0) pattern = "*";
        int blank = pattern.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && pattern[..blank] is "struct" or "union" or "enum") return ListTypes(pattern[..blank], pattern[blank..].Trim());

        string[] parts = pattern.Split(':');
        if (parts.Length == 1) return ListSearched(Searched, parts);
        if (ProbeProvider.TryFind(parts[0], out var provider)) return List(provider.Name, parts[1..]);
        NamePattern wanted = new(parts[0]);
        return ListSearched(Searched.Where(p => wanted.Matches(p)), parts[1..]);
    }

    /// <summary>Writes one place.</summary>
    public void Write(ProbeSite site)
    {
        output.WriteLine(site.Name);
        if (isVerbose) WriteArguments(site);
    }

    private int ListSearched(IEnumerable<string> providers, string[] parts)
    {
        int count = 0;
        foreach (string provider in providers)
        {
            try
            {
                count += List(provider, parts);
            }
            catch (BpfException e)
            {
                _unreadable.Add($"{provider}: {e.Message}");
            }
        }

        return count;
    }

    private int List(string provider, string[] parts)
    {
        NamePattern name = new(parts[^1]);
        var holder = parts.Length == 2 ? new NamePattern(parts[0]) : null;
        return (provider, parts.Length) switch
        {
            ("uprobe" or "uretprobe", 2) => WriteAll(UserFunctions(provider, parts[0], name)),
            ("usdt", 2 or 3) => WriteAll(StaticProbes(parts, name)),
            ("fentry" or "fexit", 2 or 3) when parts[0] == ProbeExpansion.LoadedPrograms => WriteAll(ProbeExpansion.ProgramFunctions(places, provider, new(parts.Length > 2 ? parts[1] : "*"), name)),
            (_, > 2) => 0,
            ("iter", 1) => WriteAll(ProbeExpansion.IteratorKinds(places).Where(k => name.Matches(k)).Select(k => new ProbeSite.Iterator($"iter:{k}", k))),
            ("tracepoint", _) => WriteAll(Tracepoints(holder, name)),
            ("rawtracepoint", _) => WriteAll(ProbeExpansion.RawTracepoints(places, holder ?? new("*"), name)),
            ("kprobe" or "kretprobe", _) => WriteAll(KernelProbes(provider, parts.Length == 2 ? parts[0] : null, holder, name)),
            ("fentry" or "fexit", _) => WriteAll(ProbeExpansion.KernelFunctions(places, provider, holder ?? new("*"), name)),
            ("software" or "hardware", 1) => WriteNames(provider, CounterEvent.Names(provider == "hardware").Select(n => $"{n}:").Order(StringComparer.Ordinal), name),
            ("interval" or "profile", 1) => WriteNames(provider, Units.Select(u => $"{u}:"), name),
            _ => 0,
        };
    }

    private int WriteAll(IEnumerable<ProbeSite> sites)
    {
        int count = 0;
        foreach (var site in sites)
        {
            Write(site);
            count++;
        }

        return count;
    }

    /// <summary>Names that a count or rate follows.</summary>
    private int WriteNames(string provider, IEnumerable<string> names, NamePattern pattern)
    {
        int count = 0;
        foreach (string name in names)
        {
            if (!pattern.Matches(name.AsSpan().TrimEnd(':'))) continue;
            output.WriteLine($"{provider}:{name}");
            count++;
        }

        return count;
    }

    private IEnumerable<ProbeSite> Tracepoints(NamePattern? category, NamePattern name) => places.Tracepoints
        .Where(e => name.Matches(e.Name) && category?.Matches(e.Category) != false)
        .Select(e => new ProbeSite.Tracepoint($"tracepoint:{e}", e.Category, e.Name))
        .OrderBy(s => s.Name, StringComparer.Ordinal);

    private IEnumerable<ProbeSite> KernelProbes(string provider, string? written, NamePattern? module, NamePattern name) => places.Functions(name, module)
        .DistinctBy(f => written is null ? (f.Name, null) : (f.Name, f.Module))
        .Select(f => new ProbeSite.KernelProbe(
            written is null ? $"{provider}:{f.Name}" : $"{provider}:{f.Module ?? "vmlinux"}:{f.Name}", f.Module, f.Name, 0, provider == "kretprobe"));

    private static IEnumerable<ProbeSite> UserFunctions(string provider, string file, NamePattern name)
    {
        var files = NamePattern.IsWild(file) ? FilePattern.Find(file).Where(IsProgram) : [UserFiles.Find(file)];
        return
            from path in files
            from function in UserSymbols.FunctionsOf(path)
            where name.Matches(function)
            select new ProbeSite.UserProbe($"{provider}:{path}:{function}", path, function, 0, provider == "uretprobe");
    }

    private IEnumerable<ProbeSite> StaticProbes(string[] parts, NamePattern name)
    {
        NamePattern provider = new(parts.Length > 2 ? parts[1] : "*");
        var files = parts[0] is "" or "*" && places.Pid is { } pid ? UsdtPoints.FilesOf(pid) : NamePattern.IsWild(parts[0]) ? FilePattern.Find(parts[0]).Where(IsProgram) : [UserFiles.Find(parts[0])];
        return
            from path in files
            from point in UsdtPoints.In(path)
            where provider.Matches(point.Provider) && name.Matches(point.Name)
            select ProbeExpansion.Static(point);
    }

    private static bool IsProgram(string path)
    {
        try
        {
            UserSymbols.OffsetOf(path, 0);
            return true;
        }
        catch (BpfException)
        {
            return false;
        }
    }

    private void WriteArguments(ProbeSite site)
    {
        if (site is ProbeSite.Tracepoint tracepoint)
        {
            // As the kernel declares them, which says more than their types.
            foreach (var field in TracepointFormat.Read(TraceEvents.FormatOf(tracepoint.Category, tracepoint.Event)))
            {
                if (!field.IsCommon) output.WriteLine($"    {field.Declaration}");
            }

            return;
        }

        if (site is ProbeSite.UserProbe { Point: { } point })
        {
            for (int i = 0; i < point.Arguments.Length; i++) output.WriteLine($"    {(point.Arguments[i].IsSigned ? "int" : "uint")}{point.Arguments[i].Size * 8} arg{i}");
            return;
        }

        var members = site is ProbeSite.Iterator && ProbeArguments.ContextOf(site, places.Types) is TraceType.Record iterated ? iterated.Layout.Members : ProbeArguments.Of(site, places.Types)?.Members ?? [];
        for (int i = 0; i < members.Length; i++)
            output.WriteLine($"    {(members[i].Spelling.Length > 0 ? members[i].Spelling : members[i].Type)} {(site is ProbeSite.KernelProbe ? $"arg{i}" : members[i].Name)}");
        if (ProbeArguments.ReturnOf(site, places.Types) is { } returned) output.WriteLine($"    {returned.Spelling} {returned.Name}");
    }

    private int ListTypes(string keyword, string pattern)
    {
        NamePattern wanted = new(pattern);
        NamedType[] found = [.. places.Types.Named(keyword).Where(t => wanted.Matches(t.Name)).DistinctBy(t => t.Name).OrderBy(t => t.Name, StringComparer.Ordinal)];
        if (!isVerbose)
        {
            foreach (var type in found) output.WriteLine($"{keyword} {type.Name}");
        }
        else if (places.Types.Types is { } types)
        {
            // The first word is where the type was found.
            foreach (string definition in CHeaderRenderer.RenderEach(types, found.Select(t => t.Id))) output.WriteLine($"vmlinux: {definition}");
        }

        return found.Length;
    }
}
