// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>An attachment that the kernel keeps as a BPF link: it ends when its last descriptor and pin are gone.</summary>
public sealed class KernelLink : BpfLink
{
    private readonly BpfFd? _perfEvent;
    private readonly bool _isAdopted;
    private string? _pin;

    internal KernelLink(BpfFd fd, AttachKind kind, string program, string target, BpfFd? perfEvent = null)
        : base(kind, program, target)
    {
        Fd = fd;
        _perfEvent = perfEvent;
    }

    private KernelLink(BpfFd fd, LinkInfo info, string? pin)
        : base(info.Kind, info.ProgramName, info.Describe())
    {
        Fd = fd;
        _isAdopted = true;
        _pin = pin;
    }

    /// <summary>The link's descriptor; owned by this object.</summary>
    public BpfFd Fd { get; }

    /// <inheritdoc/>
    public override string Mechanism => "bpf link";

    /// <inheritdoc/>
    public override bool EndsWithProcess => _pin is null;

    /// <inheritdoc/>
    public override string? PinPath => _pin;

    /// <summary>Asks the kernel about the link.</summary>
    public LinkInfo GetInfo() => LinkInfo.Read(Fd);

    /// <inheritdoc/>
    public override void Replace(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        LinkUpdateAttr attr = new() { LinkFd = (uint)Fd.Value, NewProgFd = (uint)program.Fd.Value };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkUpdate, ref attr);
        GC.KeepAlive(program);
        if (errno is Errno.None) return;
        string? hint = errno is Errno.EINVAL or Errno.EOPNOTSUPP
            ? "the new program must be of the same type and attach type, and the kernel can replace programs of XDP, tcx, netkit, cgroup, "
            + "network namespace and iterator links only"
            : Hints.For(BpfCommand.LinkUpdate, errno);
        throw new BpfException($"replace '{Program}' on {Target} by '{program.Name}'", errno, hint);
    }

    /// <summary>Opens what an iterator link writes, from its start.</summary>
    /// <exception cref="BpfException">EINVAL: this is not an iterator link.</exception>
    public Stream OpenIterator()
    {
        IterCreateAttr attr = new() { LinkFd = (uint)Fd.Value };
        return new IteratorStream(BpfSyscall.Open(BpfCommand.IterCreate, ref attr, $"start iterator '{Program}'"), Program);
    }

    /// <inheritdoc/>
    public override void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        lock (Gate)
        {
            BpfPins.Pin(Fd, path);
            _pin = path;
        }
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
        lock (Gate)
        {
            if (_pin is null) return;
            BpfPins.Remove(_pin);
            _pin = null;
        }
    }

    internal static KernelLink Adopt(BpfFd fd, string? pin)
    {
        try
        {
            return new(fd, LinkInfo.Read(fd), pin);
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    internal override void CloseLate(LateClosing late)
    {
        if (_perfEvent is { IsClosed: false } perfEvent) late.Add(perfEvent);
    }

    private protected override void Release(bool keepPinned)
    {
        if (!keepPinned)
        {
            Unpin();
            if (_isAdopted) ForceDetach();
        }

        Fd.Dispose();
        _perfEvent?.Dispose();
    }

    /// <summary>Others may hold the link too; kinds that cannot be forced stay until they let go.</summary>
    private void ForceDetach()
    {
        LinkDetachAttr attr = new() { LinkFd = (uint)Fd.Value };
        _ = BpfSyscall.Try(BpfCommand.LinkDetach, ref attr);
    }
}
