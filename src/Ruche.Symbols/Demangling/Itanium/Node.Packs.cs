// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal abstract partial class Node
{
    /// <summary>Template arguments that one parameter stands for.</summary>
    public sealed class Pack(IReadOnlyList<Node> nodes) : Node
    {
        public IReadOnlyList<Node> Nodes => nodes;

        public override void Left(NodePrinter printer) => printer.List(nodes);
    }

    /// <summary>
    /// A template parameter. What it stands for depends on the function around it, also when it is reached by referring back. One that stands
    /// for several arguments is one of them within an expansion, and all elsewhere.
    /// </summary>
    public sealed class TemplateParameter(int index) : Node
    {
        /// <summary>How many arguments it stands for; 0 when it is not a pack.</summary>
        public int CountIn(NodePrinter printer) => printer.Argument(index) is Pack pack ? pack.Nodes.Count : 0;

        public override Node Resolved(NodePrinter printer) => Ask(printer, this, (node, inner) => node.Resolved(inner));

        public override bool HasRight(NodePrinter printer) => Ask(printer, false, (node, inner) => node.HasRight(inner));

        public override bool IsArray(NodePrinter printer) => Ask(printer, false, (node, inner) => node.IsArray(inner));

        public override bool IsFunction(NodePrinter printer) => Ask(printer, false, (node, inner) => node.IsFunction(inner));

        public override void Left(NodePrinter printer) => Ask(printer, false, (node, inner) =>
        {
            inner.Left(node);
            return true;
        });

        public override void Right(NodePrinter printer) => Ask(printer, false, (node, inner) =>
        {
            inner.Right(node);
            return true;
        });

        private T Ask<T>(NodePrinter printer, T nothing, Func<Node, NodePrinter, T> ask)
        {
            // Parameters of a lambda are "auto", unless it has declared template parameters.
            if (printer.LambdaHead is { } head)
                return ask(new Name(index < head.Count && head[index] is Declaration declared ? declared.Called : $"auto:{index + 1}"), printer);
            var argument = printer.Argument(index);
            if (argument is Pack pack && printer.PackIndex >= 0)
            {
                // The first pack that an expansion meets says how many there are.
                if (printer.PackSize < 0) printer.PackSize = pack.Nodes.Count;
                if (printer.PackIndex >= pack.Nodes.Count) return nothing;
                argument = pack.Nodes[printer.PackIndex];
            }

            return printer.Outside(() => ask(argument, printer));
        }
    }

    /// <summary>A pattern for each element of the packs in it.</summary>
    public sealed class Expansion(Node pattern) : Node
    {
        public override void Left(NodePrinter printer)
        {
            var outer = (printer.PackIndex, printer.PackSize);
            (printer.PackIndex, printer.PackSize) = (0, -1);
            int start = printer.Text.Length;
            printer.Print(pattern);
            int size = printer.PackSize;
            if (size < 0)
            {
                // The packs in it are those of a function's parameters, which have no elements.
                printer.Text.Cut(start);
                (printer.PackIndex, printer.PackSize) = outer;
                printer.Operand(pattern);
                printer.Text.Add("...");
                return;
            }

            if (size == 0) printer.Text.Cut(start);
            for (int i = 1; i < size; i++)
            {
                printer.Text.Add(", ");
                printer.PackIndex = i;
                printer.Print(pattern);
            }

            (printer.PackIndex, printer.PackSize) = outer;
        }
    }
}
