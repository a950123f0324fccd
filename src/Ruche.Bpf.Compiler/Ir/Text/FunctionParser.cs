// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>Reads the lines of one function.</summary>
internal sealed class FunctionParser
{
    private readonly Function _function;
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, Block> _blocks = [];
    private readonly List<Action> _open = [];
    private readonly List<BlockParameter> _parameters;
    private Block? _block;

    public FunctionParser(Scanner scanner)
    {
        string name = scanner.Name('@');
        _parameters = ReadParameters(scanner);
        scanner.Take("->");
        var returns = scanner.Type();
        _function = new(name, returns)
        {
            Section = scanner.TryTake("section") ? scanner.Quoted() : null,
            IsGlobal = scanner.TryTake("global"),
            IsObserver = scanner.TryTake("observer"),
        };
        scanner.Take("{");
    }

    /// <summary>Reads a line; true when it was the function's last.</summary>
    public bool Read(Scanner scanner)
    {
        if (scanner.TryTake("}")) return true;
        if (scanner.Sees('%')) ReadOperation(scanner, scanner.Name('%'));
        else
        {
            string word = scanner.Word();
            if (scanner.Sees(':') || (scanner.Sees('(') && word is not ("call" or "local" or "kernel"))) StartBlock(scanner, word);
            else Add(scanner, new OperationParser(this, scanner).Read(word));
        }

        if (!scanner.AtEnd) scanner.Fail("the line goes on unexpectedly");
        return false;
    }

    public Function Finish(Scanner scanner)
    {
        foreach (var action in _open) action();
        var unknown = _blocks.Values.Except(_function.Blocks).FirstOrDefault();
        if (unknown is not null) scanner.Fail($"there is no block '{unknown.Name}'");
        if (_function.Blocks.Count == 0) scanner.Fail("a function needs a block");
        return _function;
    }

    public Block BlockNamed(string name)
    {
        if (!_blocks.TryGetValue(name, out var block)) _blocks.Add(name, block = new(name));
        return block;
    }

    public Value Named(Scanner scanner)
    {
        string name = scanner.Name('%');
        if (!_values.TryGetValue(name, out var value)) scanner.Fail($"there is no value '%{name}' yet");
        return value;
    }

    /// <summary>A value, or a constant with its type.</summary>
    public Value Typed(Scanner scanner)
    {
        if (scanner.Sees('%')) return Named(scanner);
        var type = scanner.Type();
        return new Constant(type, scanner.Number());
    }

    /// <summary>A value, a constant with its type, or a number of the expected type.</summary>
    public Value Operand(Scanner scanner, IrType expected) =>
        scanner.SeesNumber() ? new Constant(expected, scanner.Number()) : Typed(scanner);

    /// <summary>A way into a block; what it names may follow later.</summary>
    public Edge Edge(Scanner scanner)
    {
        var target = BlockNamed(scanner.Word());
        if (!scanner.TryTake("(")) return new(target);
        List<(Value Value, string? Later)> arguments = [];
        do
        {
            if (!scanner.Sees('%'))
            {
                arguments.Add((Typed(scanner), null));
                continue;
            }

            string name = scanner.Name('%');
            arguments.Add(_values.TryGetValue(name, out var known) ? (known, null) : (new Constant(IrType.I64, 0), name));
        }
        while (scanner.TryTake(","));
        scanner.Take(")");
        Edge edge = new(target, [.. arguments.Select(a => a.Value)]);
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Later is not { } later) continue;
            int argument = i;
            _open.Add(() =>
            {
                if (!_values.TryGetValue(later, out var value)) scanner.Fail($"there is no value '%{later}'");
                edge.Replace(argument, value);
            });
        }

        return edge;
    }

    private static List<BlockParameter> ReadParameters(Scanner scanner)
    {
        List<BlockParameter> parameters = [];
        scanner.Take("(");
        if (scanner.TryTake(")")) return parameters;
        do
        {
            string name = scanner.Name('%');
            scanner.Take(":");
            parameters.Add(new(scanner.Type()) { Name = name });
        }
        while (scanner.TryTake(","));
        scanner.Take(")");
        return parameters;
    }

    private void StartBlock(Scanner scanner, string name)
    {
        _block = BlockNamed(name);
        if (_function.Blocks.Contains(_block)) scanner.Fail($"block '{name}' stands here twice");
        bool isEntry = _function.Blocks.Count == 0;
        var parameters = isEntry ? _parameters : scanner.Sees('(') ? ReadParameters(scanner) : [];
        scanner.Take(":");
        _block.Parameters.AddRange(parameters);
        foreach (var parameter in parameters) Define(scanner, parameter.Name!, parameter);
        _function.Blocks.Add(_block);
    }

    private void ReadOperation(Scanner scanner, string name)
    {
        scanner.Take("=");
        var operation = new OperationParser(this, scanner).Read(scanner.Word());
        if (operation.Type is IrType.Void) scanner.Fail("this yields no value");
        operation.Name = name;
        Define(scanner, name, operation);
        Add(scanner, operation);
    }

    private void Define(Scanner scanner, string name, Value value)
    {
        if (!_values.TryAdd(name, value)) scanner.Fail($"value '%{name}' is defined twice");
    }

    private void Add(Scanner scanner, Operation operation)
    {
        if (_block is null) scanner.Fail("an operation stands before the first block");
        if (_block.Operations is [.., Terminator]) scanner.Fail("the block has ended already");
        _block.Add(operation);
    }
}
