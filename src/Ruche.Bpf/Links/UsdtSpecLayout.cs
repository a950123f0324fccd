// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>How an object's own <c>struct __bpf_usdt_spec</c> describes arguments: taken from its types, since releases of the header differ.</summary>
internal sealed class UsdtSpecLayout
{
    private readonly BtfSpec _types;
    private readonly Dictionary<string, BtfMember> _spec;
    private readonly Dictionary<string, BtfMember> _argument;
    private readonly int _size;
    private readonly int _argumentSize;
    private readonly int _maxArguments;

    private UsdtSpecLayout(BtfSpec types, BtfType.Composite spec, int size, BtfType.Array arguments)
    {
        _types = types;
        _size = size;
        _spec = Members(spec);
        _argument = Members((BtfType.Composite)types[types.Resolve(arguments.Element)]);
        _argumentSize = types.SizeOf(arguments.Element);
        _maxArguments = arguments.Count;
    }

    /// <summary>Null when the map's value is not such a struct.</summary>
    public static UsdtSpecLayout? Of(BtfSpec types, int valueType)
    {
        int id = types.Resolve(valueType);
        if (types[id] is not BtfType.Composite spec || !Members(spec).TryGetValue("args", out var args)) return null;
        if (types[types.Resolve(args.Type)] is not BtfType.Array arguments) return null;
        if (types[types.Resolve(arguments.Element)] is not BtfType.Composite) return null;
        UsdtSpecLayout layout = new(types, spec, types.SizeOf(id), arguments);
        string[] wanted = ["val_off", "arg_type", "reg_off", "arg_signed", "arg_bitshift"];
        return wanted.All(layout._argument.ContainsKey) && layout._spec.ContainsKey("usdt_cookie") && layout._spec.ContainsKey("arg_cnt") ? layout : null;
    }

    /// <summary>The value that describes a place's arguments.</summary>
    /// <exception cref="BpfException">E2BIG: it has more than programs can read.</exception>
    public byte[] Write(UsdtPlace place, ulong cookie, string operation)
    {
        if (place.Arguments.Length > _maxArguments)
            throw new BpfException(operation, Errno.E2BIG, $"it has {place.Arguments.Length} arguments; programs can read {_maxArguments}");
        byte[] value = new byte[_size];
        for (int i = 0; i < place.Arguments.Length; i++)
            Write(value.AsSpan((_spec["args"].BitOffset / 8) + (i * _argumentSize), _argumentSize), place.Arguments[i]);
        Set(value, _spec, "usdt_cookie", cookie);
        Set(value, _spec, "arg_cnt", (ulong)place.Arguments.Length);
        return value;
    }

    // The kinds that the header's bpf_usdt_arg() knows; it answers EINVAL to the last.
    private void Write(Span<byte> target, UsdtArgument argument)
    {
        const int Indexed = 3, NotKnown = 127;
        bool knowsIndex = _argument.ContainsKey("idx_reg_off") && _argument.ContainsKey("scale_bitshift");
        int kind = argument.Kind switch
        {
            UsdtArgumentKind.Constant => 0,
            UsdtArgumentKind.Register => 1,
            UsdtArgumentKind.Memory => 2,
            UsdtArgumentKind.IndexedMemory when knowsIndex => Indexed,
            _ => NotKnown,
        };
        Set(target, _argument, "arg_type", (ulong)kind);
        Set(target, _argument, "val_off", (ulong)argument.Value);
        Set(target, _argument, "reg_off", (ulong)argument.Register);
        Set(target, _argument, "arg_signed", argument.IsSigned ? 1u : 0u);
        Set(target, _argument, "arg_bitshift", (ulong)(64 - (argument.Size * 8)));
        if (kind != Indexed) return;
        Set(target, _argument, "idx_reg_off", (ulong)argument.Index);
        Set(target, _argument, "scale_bitshift", (ulong)argument.ScaleShift);
    }

    /// <summary>Sets a member's bits; numbers are little-endian, as programs for this machine are.</summary>
    private void Set(Span<byte> target, Dictionary<string, BtfMember> members, string name, ulong number)
    {
        var member = members[name];
        int bits = member.BitSize != 0 ? member.BitSize : Math.Min(64, _types.SizeOf(member.Type) * 8);
        for (int i = 0; i < bits; i++)
        {
            int at = member.BitOffset + i;
            if ((number >> i & 1) != 0) target[at / 8] |= (byte)(1 << (at % 8));
        }
    }

    private static Dictionary<string, BtfMember> Members(BtfType.Composite type) =>
        type.Members.Where(m => m.Name.Length > 0).ToDictionary(m => m.Name, StringComparer.Ordinal);
}
