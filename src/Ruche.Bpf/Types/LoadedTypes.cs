// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Types;

/// <summary>A set of types (BTF) that the kernel holds: its own, a module's, or a program's. Owns its descriptor. Needs CAP_SYS_ADMIN.</summary>
public sealed unsafe class LoadedTypes : IDisposable
{
    private const int NameRoom = 64;

    private LoadedTypes(BpfFd fd, LoadedTypesInfo info)
    {
        Fd = fd;
        Info = info;
    }

    /// <summary>The descriptor; owned by this object.</summary>
    public BpfFd Fd { get; }

    /// <summary>What the kernel says about the set.</summary>
    public LoadedTypesInfo Info { get; }

    /// <summary>The ids of all sets, in rising order.</summary>
    public static IEnumerable<uint> EnumerateIds() => KernelObject.Ids(BpfCommand.BtfGetNextId);

    /// <summary>Opens a set by its id.</summary>
    /// <exception cref="BpfException">There is none (ENOENT), or the process may not (EPERM).</exception>
    public static LoadedTypes OpenById(uint id) => TryOpenById(id) ?? throw Failure.Of($"open BTF {id}", BpfCommand.BtfGetFdById, Errno.ENOENT);

    /// <summary>Opens a set by its id; null when there is none of that id any more.</summary>
    public static LoadedTypes? TryOpenById(uint id)
    {
        if (KernelObject.TryOpen(BpfCommand.BtfGetFdById, id, $"open BTF {id}") is not { } fd) return null;
        try
        {
            return new(fd, Describe(fd));
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    /// <summary>Reads the set. A module's types continue those of the running kernel.</summary>
    public BtfSpec Read()
    {
        if (Info is { IsKernel: true, Name: "vmlinux" }) return KernelTypes.Running;
        return BtfSpec.Read(ModuleTypes.ReadImage(Fd), Info.IsKernel ? KernelTypes.Running : null, $"BTF {Info.Id}");
    }

    /// <inheritdoc/>
    public void Dispose() => Fd.Dispose();

    private static LoadedTypesInfo Describe(BpfFd fd)
    {
        byte* name = stackalloc byte[NameRoom];
        KernelBtfInfo info = new() { Name = (ulong)name, NameLen = NameRoom };
        try
        {
            // SAFETY: the name's buffer lives on this stack frame and its size is given.
            KernelObject.Describe(fd, ref info, "read info of types");
        }
        catch (BpfException e) when (e.Errno is Errno.E2BIG)
        {
            // Kernels before 5.11 know no names of types, and refuse fields they do not know.
            KernelBtfInfoBeforeNames older = default;
            KernelObject.Describe(fd, ref older, "read info of types");
            return new() { Id = older.Id, Size = (int)older.BtfSize };
        }

        ReadOnlySpan<byte> text = new(name, NameRoom);
        return new()
        {
            Id = info.Id,
            Size = (int)info.BtfSize,
            Name = Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]),
            IsKernel = info.KernelBtf != 0,
        };
    }
}
