// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>
/// A program that looks like one that somebody wrote in a hurry: it mostly knows what its registers hold and mostly tests before it
/// accesses, and now and then it does not. A verifier has to tell which. The same seed gives the same program.
/// </summary>
internal sealed partial class CarelessProgram
{
    /// <summary>The value size of the maps <c>values</c> (an array) and <c>table</c> (a hash).</summary>
    public const int ValueSize = 64;

    private readonly Random _random;
    private readonly BtfBuilder _types = new();
    private readonly int _number;
    private readonly Dictionary<string, FunctionSpec> _functions = new();
    private readonly ProgramType _type;
    private readonly double _carelessness;
    private readonly bool _isUnprivileged;
    private List<Instruction> _code = [];
    private List<Reference> _references = [];
    private int _named;

    private CarelessProgram(int seed, bool isUnprivileged)
    {
        _random = new(seed);
        _isUnprivileged = isUnprivileged;
        _type = isUnprivileged || _random.Next(3) == 0 ? ProgramType.SocketFilter : ProgramType.Xdp;
        _carelessness = Pick([0, 0, 0.01, 0.03, 0.1]);
        _number = _types.Add(new BtfType.Int(sizeof(ulong), IntEncoding.None, 0, 64) { Name = "u64" });
    }

    /// <summary>Makes a program; for loaders without privileges one without loops and calls.</summary>
    public static ObjectSpec Generate(int seed, bool isUnprivileged = false)
    {
        CarelessProgram program = new(seed, isUnprivileged);
        var entry = program.Function("main", program.Main, parameters: 0);
        return new()
        {
            Name = "careless",
            ByteOrder = ByteOrder.Little,
            License = "Dual MIT/GPL",
            Btf = program._types.Build(),
            Maps =
            [
                new() { Name = "values", Type = MapType.Array, KeySize = sizeof(uint), ValueSize = ValueSize, MaxEntries = 1 },
                new() { Name = "table", Type = MapType.Hash, KeySize = sizeof(ulong), ValueSize = ValueSize, MaxEntries = 4 },
            ],
            Programs = [new() { Name = "main", Section = entry.Section, Entry = entry, Type = program._type }],
            Functions = program._functions,
        };
    }

    private FunctionSpec Function(string name, Action body, int parameters)
    {
        var (code, references, held) = (_code, _references, _held);
        (_code, _references, _held) = ([], [], new Held[11]);
        body();
        var arguments = Enumerable.Range(1, parameters).Select(i => new BtfParameter($"a{i}", _number));
        int prototype = _types.Add(new BtfType.FunctionPrototype(_number, [.. arguments]));
        FunctionSpec function = new()
        {
            Name = name,
            Section = name == "main" ? (_type is ProgramType.Xdp ? "xdp" : "socket") : ".text",
            Instructions = [.. _code],
            References = [.. _references],
            Type = _types.Add(new BtfType.Function(prototype, BtfLinkage.Static) { Name = name }),
        };
        (_code, _references, _held) = (code, references, held);
        _functions[name] = function;
        return function;
    }

    private void Add(params ReadOnlySpan<Instruction> instructions) => _code.AddRange(instructions);

    private void AddReference(Register register, Reference reference)
    {
        _references.Add(reference);
        Add(Insn.LoadWide(register, 0));
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    // Whether to leave out what a careful program has.
    private bool Forgets() => Chance(_carelessness);

    private T Pick<T>(ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}
