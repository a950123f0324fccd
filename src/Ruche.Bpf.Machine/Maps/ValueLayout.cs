// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// Which bytes of a value are the kernel's: locks, timers, counters, lists and pointers to its objects. Whoever stores a value leaves them
/// as they are, and they are zero to whoever reads it from outside of programs.
/// </summary>
internal sealed class ValueLayout
{
    private const string LockName = "bpf_spin_lock";
    private const int MaxDepth = 8;

    private static readonly string[] Names =
    [
        LockName, "bpf_res_spin_lock", "bpf_timer", "bpf_wq", "bpf_task_work", "bpf_refcount", "bpf_list_head", "bpf_list_node", "bpf_rb_root", "bpf_rb_node",
    ];

    private static readonly string[] PointerTags = ["kptr", "kptr_untrusted", "percpu_kptr", "uptr"];

    private readonly List<(int Offset, int Size)> _fields = [];

    private ValueLayout()
    {
    }

    /// <summary>All bytes are the user's.</summary>
    public static ValueLayout Plain { get; } = new();

    /// <summary>Where the spin lock lies that BPF_F_LOCK takes; null when there is none.</summary>
    public int? LockOffset { get; private set; }

    /// <summary>Finds the fields by the type of a map's values.</summary>
    public static ValueLayout Of(MapSpec spec, BtfSpec? types)
    {
        if (types is null || spec.ValueType == 0) return Plain;
        ValueLayout layout = new();
        layout.Collect(types, spec.ValueType, 0, MaxDepth);
        return layout._fields.Count == 0 ? Plain : layout;
    }

    /// <summary>Stores a value over another one.</summary>
    public void Store(ReadOnlySpan<byte> value, Span<byte> place)
    {
        int at = 0;
        foreach (var (offset, size) in _fields)
        {
            value[at..offset].CopyTo(place[at..]);
            at = offset + size;
        }

        value[at..].CopyTo(place[at..]);
    }

    /// <summary>Stores the first value at a place.</summary>
    public void Begin(ReadOnlySpan<byte> value, Span<byte> place)
    {
        value.CopyTo(place);
        Clear(place);
    }

    /// <summary>Reads a value.</summary>
    public void Read(ReadOnlySpan<byte> place, Span<byte> value)
    {
        place.CopyTo(value);
        Clear(value);
    }

    private void Clear(Span<byte> value)
    {
        foreach (var (offset, size) in _fields) value.Slice(offset, size).Clear();
    }

    // Members come in the order of their offsets; a union holds none of these.
    private void Collect(BtfSpec types, int type, int offset, int depth)
    {
        switch (types[types.Resolve(type)])
        {
            case BtfType.Composite { IsUnion: false } composite when Names.Contains(composite.Name):
                _fields.Add((offset, composite.Size));
                if (composite.Name == LockName) LockOffset = offset;
                break;
            case BtfType.Composite { IsUnion: false } composite when depth > 0:
                foreach (var member in composite.Members) Collect(types, member.Type, offset + (member.BitOffset / 8), depth - 1);
                break;
            case BtfType.Array array when depth > 0 && types.TrySizeOf(array.Element, out int size):
                int before = _fields.Count;
                for (int i = 0; i < array.Count && (i == 0 || _fields.Count > before); i++) Collect(types, array.Element, offset + (i * size), depth - 1);
                break;
            case BtfType.Pointer pointer when types[pointer.Target] is BtfType.TypeTag tag && PointerTags.Contains(tag.Name):
                _fields.Add((offset, BtfSpec.PointerSize));
                break;
        }
    }
}
