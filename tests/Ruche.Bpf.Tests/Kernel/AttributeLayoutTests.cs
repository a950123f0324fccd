// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Tests.Kernel;

/// <summary>
/// The structures that are shared with the kernel, held against the running kernel's own types. An older kernel may lack fields at
/// the end; those must be zero then, and are.
/// </summary>
public sealed class AttributeLayoutTests
{
    /// <summary>The first kernel that has every field.</summary>
    private static readonly Version Complete = new(7, 2);

    private static readonly Lazy<BtfSpec> Vmlinux = new(() => BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux")));

    public static TheoryData<Type, string, string> Shared => new()
    {
        { typeof(MapCreateAttr), "bpf_attr", "" },
        { typeof(MapElementAttr), "bpf_attr", "" },
        { typeof(MapBatchAttr), "bpf_attr", "batch" },
        { typeof(ProgLoadAttr), "bpf_attr", "" },
        { typeof(ObjectPinAttr), "bpf_attr", "" },
        { typeof(ProgAttachAttr), "bpf_attr", "" },
        { typeof(ProgTestRunAttr), "bpf_attr", "test" },
        { typeof(ObjectIdAttr), "bpf_attr", "" },
        { typeof(ObjectInfoAttr), "bpf_attr", "info" },
        { typeof(ProgQueryAttr), "bpf_attr", "query" },
        { typeof(RawTracepointOpenAttr), "bpf_attr", "raw_tracepoint" },
        { typeof(BtfLoadAttr), "bpf_attr", "" },
        { typeof(TaskFdQueryAttr), "bpf_attr", "task_fd_query" },
        { typeof(LinkCreateAttr), "bpf_attr", "link_create" },
        { typeof(LinkUpdateAttr), "bpf_attr", "link_update" },
        { typeof(LinkDetachAttr), "bpf_attr", "link_detach" },
        { typeof(TokenCreateAttr), "bpf_attr", "token_create" },
        { typeof(EnableStatsAttr), "bpf_attr", "enable_stats" },
        { typeof(IterCreateAttr), "bpf_attr", "iter_create" },
        { typeof(ProgBindMapAttr), "bpf_attr", "prog_bind_map" },
        { typeof(KernelMapInfo), "bpf_map_info", "" },
        { typeof(KernelProgInfo), "bpf_prog_info", "" },
        { typeof(KernelLinkInfo), "bpf_link_info", "" },
        { typeof(KernelBtfInfo), "bpf_btf_info", "" },
        { typeof(PerfEventAttr), "perf_event_attr", "" },
    };

    [Theory]
    [MemberData(nameof(Shared))]
    public void Fields_lie_where_the_kernel_has_them(Type structure, string kernelType, string member)
    {
        int id = Vmlinux.Value.Find(kernelType).First(i => Vmlinux.Value[i] is BtfType.Composite);
        Dictionary<string, int> kernel = [];
        Collect(id, 0, "", kernel);
        int start = 0;
        if (member.Length > 0 && !kernel.TryGetValue(member, out start))
        {
            Assert.True(KernelVersion.Current < Complete, $"{kernelType} has no {member}");
            Assert.Skip($"this kernel's {kernelType} has no {member} yet");
        }

        foreach (FieldInfo field in structure.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            string name = Snake(field.Name);
            string path = member.Length == 0 ? name : $"{member}_{name}";
            if (path is "flags" or "reserved2" && kernelType == "perf_event_attr") path = path == "flags" ? "disabled" : "__reserved_2";
            bool isKnown = kernel.TryGetValue(path, out int offset);
            if (!isKnown && KernelVersion.Current < Complete) continue;
            Assert.True(isKnown, $"{kernelType} has no {path} for {structure.Name}.{field.Name}");
            Assert.True(OffsetOf(structure, field) == offset - start, $"{structure.Name}.{field.Name} is not at byte {offset - start}");
        }
    }

    // Members by their path joined with underscores; what lies in anonymous structs and unions counts as the parent's own.
    private static void Collect(int id, int start, string prefix, Dictionary<string, int> found)
    {
        var composite = (BtfType.Composite)Vmlinux.Value[id];
        foreach (BtfMember member in composite.Members)
        {
            int offset = start + member.BitOffset / 8;
            string path = member.Name.Length == 0 ? prefix : prefix + member.Name + "_";
            if (member.Name.Length > 0) found.TryAdd(path[..^1], offset);
            int type = Vmlinux.Value.Resolve(member.Type);
            if (Vmlinux.Value[type] is BtfType.Composite) Collect(type, offset, path, found);
        }
    }

    private static int OffsetOf(Type structure, FieldInfo field) =>
        (int)typeof(AttributeLayoutTests).GetMethod(nameof(MeasureOffset), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(structure).Invoke(null, [field])!;

    // Marshal.OffsetOf answers for marshalled layouts; this asks where the runtime has put the field.
    private static int MeasureOffset<T>(FieldInfo field)
        where T : unmanaged
    {
        object boxed = default(T);
        byte[] ones = new byte[Marshal.SizeOf(field.FieldType.IsEnum ? Enum.GetUnderlyingType(field.FieldType) : field.FieldType)];
        Array.Fill(ones, (byte)0xff);
        field.SetValue(boxed, FromBytes(field.FieldType, ones));
        T value = (T)boxed;
        return MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).IndexOf((byte)0xff);
    }

    private static object FromBytes(Type type, byte[] bytes)
    {
        object result = RuntimeHelpers.GetUninitializedObject(type);
        GCHandle handle = default;
        try
        {
            if (type == typeof(ObjectName)) return MemoryMarshal.Read<ObjectName>(bytes);
            if (type.IsEnum) return Enum.ToObject(type, MemoryMarshal.Read<ulong>(bytes));
            handle = GCHandle.Alloc(result, GCHandleType.Pinned);
            Marshal.Copy(bytes, 0, handle.AddrOfPinnedObject(), bytes.Length);
            return result;
        }
        finally
        {
            if (handle.IsAllocated) handle.Free();
        }
    }

    private static string Snake(string name)
    {
        StringBuilder result = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && result.Length > 0) result.Append('_');
            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }
}
