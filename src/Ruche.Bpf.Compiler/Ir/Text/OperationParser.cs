// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>Reads one operation.</summary>
internal sealed class OperationParser(FunctionParser function, Scanner scanner)
{
    public Operation Read(string word)
    {
        if (Words.Binaries.TryGetValue(word, out var binary)) return ReadBinary((BinaryOperator)binary);
        if (Words.Comparisons.TryGetValue(word, out var comparison)) return ReadComparison((Comparison)comparison);
        if (Words.Conversions.TryGetValue(word, out var conversion)) return ReadConversion((Conversion)conversion);
        switch (word)
        {
            case "swap": return new SwapBytes(function.Typed(scanner));
            case "select": return ReadSelect();
            case "stack": return ReadStack();
            case "load": return ReadLoad();
            case "store": return ReadStore();
            case "atomic": return ReadAtomic();
            case "map": return new MapReference(scanner.Name('@'));
            case "capacity": return new MapCapacity(function.Typed(scanner));
            case "global": return ReadGlobal();
            case "function": return new FunctionAddress(scanner.Name('@'));
            case "call": return ReadHelper();
            case "kernel": return ReadCall((name, type, arguments) => new KernelCall(name, type, arguments), scanner.Word());
            case "local": return ReadCall((name, type, arguments) => new LocalCall(name, type, arguments), scanner.Name('@'));
            case "field": return ReadField();
            case "ask": return ReadQuestion();
            case "may_continue": return new MayContinue();
            case "jump": return new Jump(function.Edge(scanner));
            case "branch": return ReadBranch();
            case "return": return new Return(function.Typed(scanner));
            default:
                scanner.Fail($"'{word}' is no operation");
                throw new UnreachableException();
        }
    }

    private Binary ReadBinary(BinaryOperator binary)
    {
        var left = function.Typed(scanner);
        scanner.Take(",");
        return new(binary, left, function.Operand(scanner, left.Type is IrType.Pointer ? IrType.I64 : left.Type));
    }

    private Compare ReadComparison(Comparison comparison)
    {
        var left = function.Typed(scanner);
        scanner.Take(",");
        return new(comparison, left, function.Operand(scanner, left.Type));
    }

    private Convert ReadConversion(Conversion conversion)
    {
        var operand = function.Typed(scanner);
        scanner.Take("to");
        return new(conversion, scanner.Type(), operand);
    }

    private Select ReadSelect()
    {
        var condition = function.Typed(scanner);
        scanner.Take(",");
        var then = function.Typed(scanner);
        scanner.Take(",");
        return new(condition, then, function.Typed(scanner));
    }

    private StackSlot ReadStack()
    {
        int size = (int)scanner.Number();
        scanner.Take("align");
        return new(size, (int)scanner.Number());
    }

    private Load ReadLoad()
    {
        var type = scanner.Type();
        var address = function.Typed(scanner);
        return new(type, address, ReadOffset());
    }

    private Store ReadStore()
    {
        var address = function.Typed(scanner);
        int offset = ReadOffset();
        scanner.Take(",");
        return new(address, offset, function.Typed(scanner));
    }

    private Atomic ReadAtomic()
    {
        string word = scanner.Word();
        if (!Words.Atomics.TryGetValue(word, out var operation)) scanner.Fail($"'{word}' is no atomic operation");
        var address = function.Typed(scanner);
        int offset = ReadOffset();
        scanner.Take(",");
        var value = function.Typed(scanner);
        if ((AtomicOperation)operation is not AtomicOperation.CompareExchange) return new((AtomicOperation)operation, address, offset, value);
        scanner.Take(",");
        return new(address, offset, value, function.Typed(scanner));
    }

    private GlobalAddress ReadGlobal()
    {
        string map = scanner.Name('@');
        return new(map, ReadOffset());
    }

    private FieldAddress ReadField()
    {
        var address = function.Typed(scanner);
        scanner.Take(",");
        return new(address, scanner.Word());
    }

    private KernelQuestion ReadQuestion()
    {
        string word = scanner.Word();
        if (!Words.Questions.TryGetValue(word, out var kind)) scanner.Fail($"'{word}' is no question");
        return new((CoreRelocationKind)kind, scanner.Word());
    }

    private HelperCall ReadHelper()
    {
        string name = scanner.Word();
        if (!HelperNames.TryFind(name, out var helper)) scanner.Fail($"'{name}' is no helper");
        return ReadCall((_, type, arguments) => new HelperCall(helper, type, arguments), name);
    }

    private T ReadCall<T>(Func<string, IrType, Value[], T> make, string name)
    {
        List<Value> arguments = [];
        scanner.Take("(");
        if (!scanner.TryTake(")"))
        {
            do arguments.Add(function.Typed(scanner));
            while (scanner.TryTake(","));
            scanner.Take(")");
        }

        scanner.Take("->");
        return make(name, scanner.Type(), [.. arguments]);
    }

    private Branch ReadBranch()
    {
        var condition = function.Typed(scanner);
        scanner.Take(",");
        var then = function.Edge(scanner);
        scanner.Take(",");
        return new(condition, then, function.Edge(scanner));
    }

    private int ReadOffset() => scanner.TryTake("+") ? (int)scanner.Number() : scanner.TryTake("- ") ? -(int)scanner.Number() : 0;
}
