// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

/// <summary>Writes nodes, and knows which element of a pack is being written.</summary>
internal sealed class NodePrinter
{
    private const int Deepest = 512;

    // Parts that come to nothing could be written again and again.
    private const int Most = 100_000;

    private readonly Stack<IReadOnlyList<Node>> _scopes = new();
    private int _depth;
    private int _count;

    public NameWriter Text { get; } = new();

    /// <summary>The element of the packs that is being written; -1 outside of an expansion.</summary>
    public int PackIndex { get; set; } = -1;

    /// <summary>How many elements the packs of the expansion have; -1 as long as none was met.</summary>
    public int PackSize { get; set; } = -1;

    /// <summary>The template parameters that a lambda declares, while its parameters are written; null elsewhere.</summary>
    public IReadOnlyList<Node>? LambdaHead { get; private set; }

    /// <summary>Writes the parameters of a lambda.</summary>
    public void InLambda(IReadOnlyList<Node> head, Action print)
    {
        var outer = LambdaHead;
        LambdaHead = head;
        print();
        LambdaHead = outer;
    }

    /// <summary>What a template parameter of the function that is being written stands for.</summary>
    public Node Argument(int index)
    {
        if (!_scopes.TryPeek(out var arguments) || index >= arguments.Count) NameWriter.Malformed();
        return arguments[index];
    }

    /// <summary>Writes something of a function that has these template arguments.</summary>
    public void Inside(IReadOnlyList<Node> arguments, Action print)
    {
        var lambda = LambdaHead;
        LambdaHead = null;
        _scopes.Push(arguments);
        print();
        _scopes.Pop();
        LambdaHead = lambda;
    }

    /// <summary>Does something with a template argument, which has no part in the function and the expansion that it is used in.</summary>
    public T Outside<T>(Func<T> ask)
    {
        if (_scopes.Count > Deepest) NameWriter.Malformed();
        var scope = _scopes.Pop();
        var pack = (PackIndex, PackSize);
        (PackIndex, PackSize) = (-1, -1);
        var answer = ask();
        (PackIndex, PackSize) = pack;
        _scopes.Push(scope);
        return answer;
    }

    public void Print(Node node)
    {
        Left(node);
        if (node.HasRight(this)) Right(node);
    }

    public void Left(Node node)
    {
        Enter();
        node.Left(this);
        _depth--;
    }

    public void Right(Node node)
    {
        Enter();
        node.Right(this);
        _depth--;
    }

    /// <summary>Writes nodes with commas between. Those at the end that come to nothing, as empty packs do, are left out.</summary>
    public void List(IReadOnlyList<Node> nodes)
    {
        int end = Text.Length;
        for (int i = 0; i < nodes.Count; i++)
        {
            if (i > 0) Text.Add(", ");
            int start = Text.Length;
            Print(nodes[i]);
            if (Text.Length > start) end = Text.Length;
        }

        if (end < Text.Length) Text.Cut(end);
    }

    /// <summary>Writes an operand of an expression: within parentheses, unless it is a plain name.</summary>
    public void Operand(Node node)
    {
        if (node.IsPlain)
        {
            Print(node);
            return;
        }

        Text.Add('(');
        Print(node);
        Text.Add(')');
    }

    private void Enter()
    {
        if (++_depth > Deepest || ++_count > Most) NameWriter.Malformed();
    }
}
