// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches one tracing program to many functions of the kernel. Needs Linux 7.2.</summary>
public static class FunctionAttachment
{
    /// <summary>What the kernel can pass on to a program.</summary>
    private const int MostParameters = 12;

    /// <summary>Attaches to all kernel functions that match a pattern, by one link; functions of modules are left out.</summary>
    /// <param name="program">A tracing program, loaded with an attach type for many functions.</param>
    /// <param name="pattern">The functions' names, with <c>*</c> and <c>?</c>.</param>
    /// <exception cref="BpfException">ENOENT: nothing matches; EINVAL: the kernel has no such links, or a function cannot be attached to.</exception>
    public static KernelLink AttachFunctions(this BpfProgram program, string pattern)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        string operation = $"attach '{program.Name}' to kernel functions {pattern}";
        uint[] ids = Find(pattern);
        return ids.Length > 0
            ? Attach(program, ids, pattern, operation)
            : throw new BpfException(operation, Errno.ENOENT, $"the kernel has no function '{pattern}' that can be traced");
    }

    private static uint[] Find(string pattern)
    {
        var types = KernelTypes.Running;
        List<uint> ids = [];
        foreach (var named in KernelFunctions.Traceable(pattern).GroupBy(f => f.Name))
        {
            // Of functions that share a name the types do not tell which is which.
            if (named.Skip(1).Any() || !types.TryFind(BtfKind.Function, named.Key, out int id) || !CanBePassedOn(types, id)) continue;
            ids.Add((uint)id);
        }

        return [.. ids];
    }

    private static bool CanBePassedOn(BtfSpec types, int function)
    {
        var parameters = ((BtfType.FunctionPrototype)types[((BtfType.Function)types[function]).Prototype]).Parameters;
        // The last parameter of a function with any number of them has no type.
        return parameters.Length <= MostParameters && (parameters.IsEmpty || parameters[^1].Type != 0);
    }

    private static unsafe KernelLink Attach(BpfProgram program, uint[] ids, string pattern, string operation)
    {
        // SAFETY: the array is pinned during the call, and its length is given.
        fixed (uint* functions = ids)
        {
            LinkCreateAttr attr = new()
            {
                ProgFd = (uint)program.Fd.Value,
                AttachType = (uint)(program.AttachType ?? AttachType.TraceFentryMulti),
                TracingMultiIds = (ulong)functions,
                TracingMultiCnt = (uint)ids.Length,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
            GC.KeepAlive(program);
            return errno is Errno.None
                ? new(new BpfFd(fd), KindOf(program), program.Name, pattern)
                : throw new BpfException(operation, errno, Hint(errno));
        }
    }

    private static string? Hint(Errno errno) => errno switch
    {
        Errno.EINVAL or Errno.EOPNOTSUPP or Errno.ENOTSUPP or Errno.ENOENT =>
            "the kernel needs Linux 7.2 for one program at many functions, and one of them may not be traceable; narrow the pattern, or use kprobe.multi",
        _ => Hints.For(BpfCommand.LinkCreate, errno),
    };

    private static AttachKind KindOf(BpfProgram program) => program.AttachType switch
    {
        AttachType.TraceFexitMulti => AttachKind.FexitMulti,
        AttachType.TraceFsessionMulti => AttachKind.FunctionSessionMulti,
        _ => AttachKind.FentryMulti,
    };
}
