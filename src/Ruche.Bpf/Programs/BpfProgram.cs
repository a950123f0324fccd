// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;

namespace Ruche.Bpf.Programs;

/// <summary>
/// A program in the kernel. Owns its descriptor: disposing it lets the kernel free the program once nothing else (a link, a pin,
/// a program array) holds it. Safe to use from several threads.
/// </summary>
public sealed partial class BpfProgram : IDisposable
{
    private readonly Lock _gate = new();
    private string? _pin;

    private BpfProgram(BpfFd fd, string name, ProgramType type, AttachType? attachType, ProgramSpec? spec)
    {
        Fd = fd;
        Name = name;
        Type = type;
        AttachType = attachType;
        Spec = spec;
    }

    /// <summary>The descriptor; owned by this object.</summary>
    public BpfFd Fd { get; }

    /// <summary>The name in the object, or the kernel's when the program was opened from a pin or by id.</summary>
    public string Name { get; }

    /// <summary>The program's type.</summary>
    public ProgramType Type { get; }

    /// <summary>The attach type the program was loaded for; null for none, or when it was not loaded here.</summary>
    public AttachType? AttachType { get; }

    /// <summary>The blueprint; null when the program was not loaded from an object.</summary>
    public ProgramSpec? Spec { get; }

    /// <summary>The maps in which the program looks for arguments of static trace points; null when it has none.</summary>
    internal Links.UsdtSpecs? Usdt { get; set; }

    /// <summary>Where <see cref="Pin"/> has pinned the program; null when it has not.</summary>
    public string? PinPath => _pin;

    /// <summary>Opens a pinned program.</summary>
    /// <exception cref="BpfException">Nothing is pinned there (ENOENT), or something that is not a program (EINVAL).</exception>
    public static BpfProgram OpenPinned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var program = Adopt(BpfPins.Open(path, KernelObjectKind.Program), $"open pinned program '{path}'");
        program._pin = path;
        return program;
    }

    /// <summary>Opens a loaded program by its id. Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="BpfException">There is no such program (ENOENT).</exception>
    public static BpfProgram OpenById(uint id)
    {
        string operation = $"open program {id}";
        var fd = KernelObject.TryOpen(BpfCommand.ProgGetFdById, id, operation)
            ?? throw Failure.Of(operation, BpfCommand.ProgGetFdById, Errno.ENOENT);
        return Adopt(fd, operation);
    }

    /// <summary>Opens all programs of that name (its first 15 bytes count). The caller disposes each.</summary>
    public static IEnumerable<BpfProgram> OpenByName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string wanted = ObjectName.From(name).ToString();
        foreach (uint id in EnumerateIds())
        {
            if (KernelObject.TryOpen(BpfCommand.ProgGetFdById, id, $"open program {id}") is not { } fd) continue;
            var program = Adopt(fd, $"open program {id}");
            if (program.Name == wanted) yield return program;
            else program.Dispose();
        }
    }

    /// <summary>The ids of all programs that are loaded now, in rising order. Needs CAP_SYS_ADMIN.</summary>
    public static IEnumerable<uint> EnumerateIds() => KernelObject.Ids(BpfCommand.ProgGetNextId);

    /// <summary>Pins the program at a path of the BPF file system, so that it outlives this process.</summary>
    /// <exception cref="BpfException">Something is pinned there (EEXIST), or the path is not on a BPF file system.</exception>
    public void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        lock (_gate)
        {
            BpfPins.Pin(Fd, path);
            _pin = path;
        }
    }

    /// <summary>Removes the pin made by <see cref="Pin"/>; does nothing when there is none.</summary>
    public void Unpin()
    {
        lock (_gate)
        {
            if (_pin is null) return;
            BpfPins.Remove(_pin);
            _pin = null;
        }
    }

    /// <summary>Closes the descriptor. Attachments and pins stay.</summary>
    public void Dispose() => Fd.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Type} program '{Name}'";

    private static BpfProgram Adopt(BpfFd fd, string operation)
    {
        try
        {
            KernelProgInfo info = default;
            KernelObject.Describe(fd, ref info, operation);
            return new(fd, info.Name.ToString(), (ProgramType)info.Type, null, null);
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }
}
