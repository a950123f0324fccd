// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Loading;

/// <summary>The types that one kernel module adds to the kernel's.</summary>
internal sealed unsafe class ModuleTypes : IDisposable
{
    private readonly Lazy<BtfSpec> _types;

    private ModuleTypes(string name, BpfFd fd, BtfSpec kernel)
    {
        Name = name;
        Fd = fd;
        _types = new(() => BtfSpec.Read(ReadImage(fd), kernel, name));
    }

    public string Name { get; }

    public BpfFd Fd { get; }

    public BtfSpec Types => _types.Value;

    /// <summary>Opens the types of all modules; the caller disposes each.</summary>
    public static List<ModuleTypes> OpenAll(BtfSpec kernel)
    {
        List<ModuleTypes> modules = [];
        try
        {
            foreach (uint id in KernelObject.Ids(BpfCommand.BtfGetNextId))
            {
                if (KernelObject.TryOpen(BpfCommand.BtfGetFdById, id, $"open BTF {id}") is not { } fd) continue;
                if (Recognize(fd) is { Length: > 0 } name) modules.Add(new(name, fd, kernel));
                else fd.Dispose();
            }

            return modules;
        }
        catch
        {
            foreach (var module in modules) module.Dispose();
            throw;
        }
    }

    /// <summary>Reads a BTF image back from the kernel.</summary>
    public static byte[] ReadImage(BpfFd fd)
    {
        const string Operation = "read types from the kernel";
        KernelBtfInfo info = default;
        KernelObject.Describe(fd, ref info, Operation);
        byte[] image = new byte[info.BtfSize];
        // SAFETY: the image is pinned during the call and the kernel is told its size.
        fixed (byte* target = image)
        {
            info = new() { Btf = (ulong)target, BtfSize = (uint)image.Length };
            KernelObject.Describe(fd, ref info, Operation);
        }

        return image;
    }

    public void Dispose() => Fd.Dispose();

    /// <summary>The module's name; null for the types of the kernel itself and of programs.</summary>
    private static string? Recognize(BpfFd fd)
    {
        try
        {
            return NameOf(fd);
        }
        catch (BpfException e) when (e.Errno is Errno.E2BIG)
        {
            // Kernels before 5.11 know no names of types, and no types of modules.
            return null;
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    private static string? NameOf(BpfFd fd)
    {
        const int Room = 64;
        byte* name = stackalloc byte[Room];
        KernelBtfInfo info = new() { Name = (ulong)name, NameLen = Room };
        // SAFETY: the name's buffer lives on this stack frame and its size is given.
        KernelObject.Describe(fd, ref info, "read info of types");
        if (info.KernelBtf == 0) return null;
        ReadOnlySpan<byte> text = new(name, Room);
        string module = Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]);
        return module is "vmlinux" or "" ? null : module;
    }
}
