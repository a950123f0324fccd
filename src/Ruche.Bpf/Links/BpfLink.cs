// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>
/// An attachment of a program. Disposing it detaches the program, unless the link has been pinned. Owned by whoever attached;
/// methods may be called from several threads.
/// </summary>
public abstract class BpfLink : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isDetached;

    private protected BpfLink(AttachKind kind, string program, string target)
    {
        Kind = kind;
        Program = program;
        Target = target;
    }

    /// <summary>What kind of hook this is.</summary>
    public AttachKind Kind { get; }

    /// <summary>The attached program's name.</summary>
    public string Program { get; }

    /// <summary>What it is attached to, in words: <c>raw_syscalls:sys_enter</c>, <c>eth0 ingress</c>.</summary>
    public string Target { get; }

    /// <summary>How it is attached: <c>bpf link</c>, <c>perf event</c>, <c>netlink</c>, <c>clsact filter</c>, <c>cgroup program</c>.</summary>
    public abstract string Mechanism { get; }

    /// <summary>Whether the attachment ends with this process, however it ends; false where only detaching removes it.</summary>
    public virtual bool EndsWithProcess => true;

    /// <summary>Where the link is pinned; null when it is not.</summary>
    public virtual string? PinPath => null;

    /// <summary>The gate that guards this link's state.</summary>
    private protected Lock Gate => _gate;

    /// <summary>Opens a pinned link.</summary>
    /// <exception cref="BpfException">Nothing is pinned there (ENOENT), or something that is not a link.</exception>
    public static KernelLink OpenPinned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KernelLink.Adopt(BpfPins.Open(path, KernelObjectKind.Link), path);
    }

    /// <summary>Opens an existing link by its id. Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="BpfException">There is no such link (ENOENT).</exception>
    public static KernelLink OpenById(uint id) =>
        TryOpenById(id) ?? throw Failure.Of($"open link {id}", BpfCommand.LinkGetFdById, Errno.ENOENT);

    /// <summary>Opens an existing link by its id; null when there is none of that id any more.</summary>
    public static KernelLink? TryOpenById(uint id) =>
        KernelObject.TryOpen(BpfCommand.LinkGetFdById, id, $"open link {id}") is { } fd ? KernelLink.Adopt(fd, null) : null;

    /// <summary>The ids of all links that exist now, in rising order. Needs CAP_SYS_ADMIN.</summary>
    public static IEnumerable<uint> EnumerateIds() => KernelObject.Ids(BpfCommand.LinkGetNextId);

    /// <summary>Opens all links of programs of that name (its first 15 bytes count). The caller disposes each, which detaches nothing.</summary>
    public static IEnumerable<KernelLink> OpenByProgram(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string wanted = ObjectName.From(name).ToString();
        foreach (uint id in EnumerateIds())
        {
            if (TryOpenById(id) is not { } link) continue;
            if (link.Program == wanted) yield return link;
            else link.Dispose();
        }
    }

    /// <summary>Detaches the program now, and removes the pin this object made. Does nothing the second time.</summary>
    public void Detach() => End(keepPinned: false);

    /// <summary>Lets go of the attachment: detaches it, unless it is pinned.</summary>
    public void Dispose()
    {
        End(keepPinned: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Disposes links side by side: when this returns, none of their programs is attached or runs any more. Much faster than one by one where
    /// there are many.
    /// </summary>
    public static void DisposeAll(IEnumerable<BpfLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        LinkEnding.End(links);
    }

    /// <summary>Puts another program of the same type in this one's place, without a moment in which none is attached.</summary>
    /// <exception cref="BpfException">EOPNOTSUPP: this kind of attachment cannot be changed; attach anew.</exception>
    public virtual void Replace(BpfProgram program) => throw Unsupported("replace the program of", "detach it and attach the other program");

    /// <summary>Pins the link at a path of the BPF file system, so that the attachment outlives this process.</summary>
    /// <exception cref="BpfException">EOPNOTSUPP: this kind of attachment is not a BPF link.</exception>
    public virtual void Pin(string path) => throw Unsupported("pin", "only BPF links can be pinned");

    /// <summary>Removes the pin; the attachment then lives as long as this object.</summary>
    public virtual void Unpin()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"'{Program}' on {Target} ({Mechanism})";

    /// <summary>Ends the attachment; called once.</summary>
    /// <param name="keepPinned">Whether a pinned attachment is only let go of.</param>
    private protected abstract void Release(bool keepPinned);

    /// <summary>Gives away what is open beside the link itself and need not be waited for.</summary>
    internal virtual void CloseLate(LateClosing late)
    {
    }

    private BpfException Unsupported(string verb, string hint) =>
        new($"{verb} link '{Program}' on {Target}", Errno.EOPNOTSUPP, $"it is attached by {Mechanism}; {hint}");

    private void End(bool keepPinned)
    {
        lock (_gate)
        {
            if (_isDetached) return;
            _isDetached = true;
            Release(keepPinned);
        }
    }
}
