// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>
/// An eBPF object on its way into the kernel: open, prepare, load, attach. Each phase runs the ones before it. When a phase
/// fails, everything the object has put into the kernel is taken back, pins included, and it is merely open again. Owns its
/// maps, programs and links. Not thread-safe while a phase runs.
/// </summary>
public sealed partial class BpfObject : IDisposable
{
    private readonly LoadOptions _options;
    private readonly KernelLookup _kernel;
    private readonly Dictionary<string, BpfMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BpfProgram> _programs = new(StringComparer.Ordinal);
    private readonly List<BpfLink> _links = [];
    private readonly List<string> _createdPins = [];
    private readonly Dictionary<string, MappedValues> _mapped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BpfArena> _arenas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _autoLoad = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _autoAttach = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttachTarget> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private BpfFd? _types;
    private SymbolTable? _symbols;

    private BpfObject(ObjectSpec spec, LoadOptions options)
    {
        Spec = spec;
        _options = options;
        _kernel = new(options);
    }

    /// <summary>What the object asks for.</summary>
    public ObjectSpec Spec { get; }

    /// <summary>The object's name.</summary>
    public string Name => Spec.Name;

    /// <summary>How far the object has come.</summary>
    public ObjectPhase Phase { get; private set; }

    /// <summary>Why the kernel did not take the object's types; null when it did, or when there are none. The object works without, mostly.</summary>
    public string? TypesRefusal { get; private set; }

    /// <summary>Takes a blueprint; touches nothing.</summary>
    public static BpfObject Open(ObjectSpec spec, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(spec, options ?? new());
    }

    /// <summary>Reads an object file.</summary>
    /// <exception cref="Objects.Diagnostics.InvalidObjectException">The file is no usable object.</exception>
    public static BpfObject Open(string path, LoadOptions? options = null) => Open(ObjectSpec.ReadFile(path), options);

    /// <summary>Reads an object file and loads it.</summary>
    /// <exception cref="Objects.Diagnostics.InvalidObjectException">The file is no usable object.</exception>
    /// <exception cref="VerifierException">The verifier refused a program.</exception>
    /// <exception cref="BpfException">The kernel refused something else.</exception>
    public static BpfObject LoadFile(string path, LoadOptions? options = null)
    {
        var opened = Open(path, options);
        try
        {
            return opened.Load();
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Chooses whether a program is loaded, whatever its section says.</summary>
    public BpfObject SetAutoLoad(string program, bool isLoaded) => Choose(_autoLoad, program, isLoaded);

    /// <summary>Chooses whether <see cref="Attach"/> attaches a program.</summary>
    public BpfObject SetAutoAttach(string program, bool isAttached) => Choose(_autoAttach, program, isAttached);

    /// <summary>Chooses the function that a tracing, LSM or replacing program is for, whatever its section says.</summary>
    public BpfObject SetAttachTarget(string program, AttachTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Choose(_targets, program, target);
    }

    /// <summary>Detaches all programs, unloads them, and frees the maps. What is pinned stays.</summary>
    public void Dispose()
    {
        if (Phase is ObjectPhase.Disposed) return;
        Release();
        Phase = ObjectPhase.Disposed;
    }

    private BpfObject Choose<T>(Dictionary<string, T> choices, string program, T choice)
    {
        Require(ObjectPhase.Opened, ObjectPhase.Prepared);
        if (!Spec.Programs.Any(p => p.Name == program)) throw NoProgram(program);
        choices[program] = choice;
        return this;
    }

    /// <summary>Runs a phase; a failure takes everything back.</summary>
    private void Enter(ObjectPhase phase, Action work)
    {
        try
        {
            work();
            Phase = phase;
        }
        catch
        {
            foreach (string pin in _createdPins) Pins.BpfPins.Remove(pin);
            Release();
            Phase = ObjectPhase.Opened;
            throw;
        }
    }

    private void Require(params ReadOnlySpan<ObjectPhase> phases)
    {
        ObjectDisposedException.ThrowIf(Phase is ObjectPhase.Disposed, this);
        if (!phases.Contains(Phase)) throw new InvalidOperationException($"object '{Name}' is {Phase} already");
    }

    private void Release()
    {
        BpfLink.DisposeAll(_links);
        foreach (var mapped in _mapped.Values) mapped.Dispose();
        foreach (var arena in _arenas.Values) arena.Dispose();
        foreach (var program in _programs.Values) program.Dispose();
        foreach (var (name, map) in _maps)
        {
            if (!_options.Maps.ContainsKey(name)) map.Dispose();
        }

        _types?.Dispose();
        _types = null;
        _symbols = null;
        _kernel.Dispose();
        _links.Clear();
        _mapped.Clear();
        _arenas.Clear();
        _programs.Clear();
        _maps.Clear();
        _createdPins.Clear();
    }
}
