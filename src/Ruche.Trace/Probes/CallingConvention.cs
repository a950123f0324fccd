// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Lowering;

namespace Ruche.Trace.Probes;

/// <summary>Where the arguments of functions are when they are called: by the System V ABI for x64, and AAPCS64.</summary>
internal sealed class CallingConvention
{
    private const int WordSize = sizeof(ulong);
    private const int FloatRegisters = 8;
    private const int MostNesting = 64;

    private readonly BtfSpec _types;
    private readonly bool _isArm;
    private readonly int _registers;
    private int _used;
    private int _usedFloats;
    private int _stack;

    private CallingConvention(BtfSpec types, bool isArm)
    {
        _types = types;
        _isArm = isArm;
        _registers = isArm ? 8 : 6;
    }

    /// <summary>
    /// The word that holds each argument: registers for numbers are counted first, then the words on the stack. Null for what is a float or a structure, or takes
    /// several words. The last parameter of a function with any number of them is none.
    /// </summary>
    public static ImmutableArray<int?> WordsOf(BtfSpec types, BtfType.FunctionPrototype function) => WordsOf(types, function, ProcessorRegisters.IsArm);

    /// <summary>The words by the rules of one of the processors.</summary>
    public static ImmutableArray<int?> WordsOf(BtfSpec types, BtfType.FunctionPrototype function, bool isArm)
    {
        CallingConvention convention = new(types, isArm);

        // On x64 the caller tells in the first register where a large structure goes that is returned.
        if (!isArm && convention.Real(function.Return) is BtfType.Composite { Size: > 2 * WordSize }) convention._used = 1;
        return [.. function.Parameters.TakeWhile(p => p.Type != 0).Select(p => convention.Place(p.Type))];
    }

    private BtfType Real(int type) => _types[_types.Resolve(type)];

    private int? Place(int type)
    {
        switch (Real(type))
        {
            case BtfType.Float { Size: > WordSize } when !_isArm:
                OnStack(2, isPaired: true);
                return null;
            case BtfType.Float:
                if (_usedFloats < FloatRegisters) _usedFloats++;
                else OnStack(1);
                return null;
            case BtfType.Int { Size: > WordSize }:
                if (_isArm) _used += _used % 2;
                if (_used + 2 <= _registers) _used += 2;
                else OnStack(2, isPaired: true);
                return null;
            case BtfType.Composite x:
                PlaceRecord(x);
                return null;
            default:
                return _used < _registers ? _used++ : _registers + OnStack(1);
        }
    }

    private void PlaceRecord(BtfType.Composite record)
    {
        int words = (record.Size + WordSize - 1) / WordSize;
        var kinds = new bool[Math.Min(words, 4)];
        int floats = 0;
        MarkNumbers(record, 0, kinds, ref floats, 0);
        if (_isArm && !kinds.Contains(true) && floats is > 0 and <= 4)
        {
            if (_usedFloats + floats <= FloatRegisters) _usedFloats += floats;
            else (_usedFloats, _) = (FloatRegisters, OnStack(words));
        }
        else if (_isArm && words > 2)
        {
            // The caller's copy is pointed to.
            if (_used < _registers) _used++;
            else OnStack(1);
        }
        else if (_isArm)
        {
            if (_used + words <= _registers) _used += words;
            else (_used, _) = (_registers, OnStack(words));
        }
        else
        {
            int numbers = kinds.Count(isNumber => isNumber), rest = words - numbers;
            if (words <= 2 && _used + numbers <= _registers && _usedFloats + rest <= FloatRegisters) (_used, _usedFloats) = (_used + numbers, _usedFloats + rest);
            else OnStack(words);
        }
    }

    // A word that holds anything but floats goes where numbers go.
    private void MarkNumbers(BtfType type, int offset, bool[] kinds, ref int floats, int depth)
    {
        int word = offset / WordSize;
        if (depth > MostNesting || word >= kinds.Length) return;
        switch (type)
        {
            case BtfType.Composite x:
                foreach (var member in x.Members) MarkNumbers(Real(member.Type), offset + (member.BitOffset / 8), kinds, ref floats, depth + 1);
                break;
            case BtfType.Array x when _types.TrySizeOf(x.Element, out int size) && size > 0:
                for (int i = 0; i < x.Count && (offset + (i * size)) / WordSize < kinds.Length; i++) MarkNumbers(Real(x.Element), offset + (i * size), kinds, ref floats, depth + 1);
                break;
            case BtfType.Float:
                floats++;
                break;
            default:
                kinds[word] = true;
                break;
        }
    }

    private int OnStack(int words, bool isPaired = false)
    {
        if (isPaired) _stack += _stack % 2;
        (int at, _stack) = (_stack, _stack + words);
        return at;
    }
}
