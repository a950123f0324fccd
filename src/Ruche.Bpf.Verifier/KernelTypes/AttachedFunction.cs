// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>The function whose arguments a program gets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The types it is described in.</param>
/// <param name="Arguments">The arguments that the program sees.</param>
/// <param name="Result">The type it returns.</param>
internal sealed record AttachedFunction(string Name, BtfSpec Types, ImmutableArray<BtfParameter> Arguments, int Result)
{
    /// <summary>The function a program is attached to; null when the kernel's types do not tell.</summary>
    public static AttachedFunction? Find(VerifierProgram program, BtfSpec? kernel)
    {
        if (kernel is null || program.AttachTarget.Length == 0) return null;
        string target = program.AttachTarget;
        return (program.Type, program.Attach) switch
        {
            (ProgramType.Tracing, AttachType.TraceRawTp) => OfTracepoint(kernel, target),
            (ProgramType.Tracing, AttachType.TraceIter) => OfFunction(kernel, "bpf_iter_" + target),
            (ProgramType.Tracing, _) => OfFunction(kernel, target),
            (ProgramType.Lsm, _) => OfFunction(kernel, "bpf_lsm_" + target),
            (ProgramType.StructOps, _) => OfMember(kernel, target),
            _ => null,
        };
    }

    /// <summary>Whether a program may change what a function returns.</summary>
    public static bool IsModifiable(string function, BtfSpec kernel, KernelProfile profile) =>
        function.StartsWith("security_", StringComparison.Ordinal) || function.Contains(':', StringComparison.Ordinal)
        || (profile.Has(6, 2) && OpenFunctions.Contains(function)) || (profile.Has(7, 0) && function.StartsWith("__x64_sys_", StringComparison.Ordinal))
        || kernel.TryFind(BtfKind.Struct, "ei_entry", out _);

    /// <summary>Whether tracing programs at a function may sleep.</summary>
    public static bool MaySleep(string function, BtfSpec kernel, KernelProfile profile) =>
        function.Contains(':', StringComparison.Ordinal) || (profile.Has(6, 2) && function is "bpf_fentry_test1" or "hid_bpf_device_event" or "hid_bpf_rdesc_fixup")
        || (profile.Has(7, 0) && function.StartsWith("__x64_sys_", StringComparison.Ordinal)) || kernel.TryFind(BtfKind.Struct, "ei_entry", out _);

    /// <summary>Whether a function ends the thread that calls it.</summary>
    public static bool NeverReturns(string function) => function is "do_exit" or "do_group_exit" or "make_task_dead" or "kthread_exit" or "kthread_complete_and_exit"
        or "__x64_sys_exit" or "__x64_sys_exit_group" or "__ia32_sys_exit" or "__ia32_sys_exit_group" or "__module_put_and_kthread_exit";

    // Functions that are made for it, with error injection or without.
    private static readonly string[] OpenFunctions =
    [
        "bpf_fentry_test1", "bpf_modify_return_test", "bpf_modify_return_test2", "bpf_modify_return_test_tp", "update_socket_protocol",
        "hid_bpf_device_event", "hid_bpf_rdesc_fixup",
    ];

    /// <summary>Which argument lies at an offset of the context; structs take several words.</summary>
    public int ArgumentAt(int offset)
    {
        int at = 0;
        for (int i = 0; i < Arguments.Length; i++)
        {
            at += Types.TrySizeOf(Arguments[i].Type, out int size) ? (size + 7) / 8 * 8 : 8;
            if (offset < at) return i;
        }

        return Arguments.Length + ((offset - at) / 8);
    }

    /// <summary>What is known of a pointer argument to an object; null when it may be an error number.</summary>
    public ValueFlags? TrustOf(int index, VerifierProgram program)
    {
        bool isNullable = Arguments[index].Name.EndsWith("__nullable", StringComparison.Ordinal);
        var flags = isNullable ? ValueFlags.MayBeNull : ValueFlags.None;
        switch (program)
        {
            case { Type: ProgramType.Tracing, Attach: AttachType.TraceRawTp }:
                if (TracepointArguments.MayBeError(program.AttachTarget, index)) return null;
                return flags | ValueFlags.Trusted | (TracepointArguments.MayBeNull(program.AttachTarget, index) ? ValueFlags.MayBeNull : 0);
            case { Type: ProgramType.Tracing, Attach: AttachType.TraceIter }:
                return ValueFlags.Trusted | (index == 0 || (index == 1 && Name is "bpf_iter_bpf_map_elem" or "bpf_iter_sockmap" or "bpf_iter_bpf_sk_storage_map") ? ValueFlags.None : ValueFlags.MayBeNull);
            case { Type: ProgramType.Lsm }:
                return flags | (program.AttachTarget is "inode_free_security" or "sock_graft" or "file_free_security" or "sb_free_security" ? ValueFlags.None : ValueFlags.Trusted);
            case { Type: ProgramType.StructOps }:
                return flags | ValueFlags.Trusted;
            default:
                return flags;
        }
    }

    /// <summary>What is known of an argument that is a buffer of the map an iterator goes through; null when it is none.</summary>
    public ValueFlags? BufferAt(int index) => (Name, index) switch
    {
        ("bpf_iter_bpf_map_elem", 2) => ValueFlags.MayBeNull | ValueFlags.ReadOnly,
        ("bpf_iter_bpf_map_elem", 3) => ValueFlags.MayBeNull,
        ("bpf_iter_bpf_sk_storage_map", 3) => ValueFlags.MayBeNull,
        ("bpf_iter_sockmap", 2) => ValueFlags.MayBeNull | ValueFlags.ReadOnly,
        _ => null,
    };

    private static AttachedFunction? OfTracepoint(BtfSpec kernel, string name)
    {
        if (!kernel.TryFind(BtfKind.Typedef, "btf_trace_" + name, out int id)) return null;
        int pointer = kernel.Resolve(id);
        if (kernel[pointer] is not BtfType.Pointer x || kernel[kernel.Resolve(x.Target)] is not BtfType.FunctionPrototype prototype) return null;
        return new(name, kernel, prototype.Parameters.IsEmpty ? [] : prototype.Parameters[1..], prototype.Return);
    }

    private static AttachedFunction? OfFunction(BtfSpec kernel, string name)
    {
        if (!kernel.TryFind(BtfKind.Function, name, out int id)) return null;
        var prototype = (BtfType.FunctionPrototype)kernel[((BtfType.Function)kernel[id]).Prototype];
        return new(name, kernel, prototype.Parameters, prototype.Return);
    }

    private static AttachedFunction? OfMember(BtfSpec kernel, string target)
    {
        string[] parts = target.Split(':');
        if (parts.Length != 2 || !kernel.TryFind(BtfKind.Struct, parts[0], out int id) || kernel[id] is not BtfType.Composite composite) return null;
        foreach (var member in composite.Members)
        {
            if (member.Name != parts[1] || kernel[kernel.Resolve(member.Type)] is not BtfType.Pointer pointer) continue;
            if (kernel[kernel.Resolve(pointer.Target)] is BtfType.FunctionPrototype prototype) return WithStubNames(kernel, parts, new(parts[1], kernel, prototype.Parameters, prototype.Return));
        }

        return null;
    }

    // The kernel says which arguments may be null by the names in a stub of the same shape.
    private static AttachedFunction WithStubNames(BtfSpec kernel, string[] parts, AttachedFunction function)
    {
        foreach (string name in (string[])[$"{parts[0]}__{parts[1]}", $"bpf_{parts[0]}__{parts[1]}"])
        {
            if (OfFunction(kernel, name) is { } stub && stub.Arguments.Length == function.Arguments.Length) return function with { Arguments = stub.Arguments };
        }

        return function;
    }
}
