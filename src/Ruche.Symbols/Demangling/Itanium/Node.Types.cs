// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal abstract partial class Node
{
    /// <summary>A type that the language has, and how literals of it end; null when they need a cast.</summary>
    public sealed class Builtin(string text, string? suffix = null) : Node
    {
        public string? Ending => suffix;

        public bool IsBool => text == "bool";

        public bool IsFloat => text is "float" or "double" or "long double" or "__float128";

        public bool IsVoid => text == "void";

        public override void Left(NodePrinter printer) => printer.Text.Add(text);
    }

    /// <summary>A type with something behind it: <c>const</c>, <c>_Complex</c>, a vendor's word.</summary>
    public sealed class Qualified(Node type, string qualifiers) : Node
    {
        public string Qualifiers => qualifiers;

        public override bool HasRight(NodePrinter printer) => type.HasRight(printer);

        public override bool IsArray(NodePrinter printer) => type.IsArray(printer);

        public override bool IsFunction(NodePrinter printer) => type.IsFunction(printer);

        public override void Left(NodePrinter printer)
        {
            printer.Left(type);

            // What is const already through a template's argument is so once.
            string added = type.Resolved(printer) is Qualified inner ? Without(qualifiers, inner.Qualifiers) : qualifiers;
            if (!IsFunction(printer)) printer.Text.Add(added);
        }

        public override void Right(NodePrinter printer)
        {
            printer.Right(type);
            if (IsFunction(printer)) printer.Text.Add(qualifiers);
        }

        private static string Without(string qualifiers, string inner)
        {
            foreach (string word in (string[])[" const", " volatile", " restrict"])
            {
                if (inner.Contains(word, StringComparison.Ordinal)) qualifiers = qualifiers.Replace(word, "", StringComparison.Ordinal);
            }

            return qualifiers;
        }
    }

    /// <summary>A pointer to something, or a reference.</summary>
    public sealed class Pointer(Node target, string mark) : Node
    {
        public string Mark => mark;

        public override bool HasRight(NodePrinter printer) => Target(printer, out _).HasRight(printer);

        public override void Left(NodePrinter printer)
        {
            var inner = Target(printer, out string collapsed);
            printer.Left(inner);
            if (inner.IsArray(printer)) printer.Text.Add(' ');
            if (inner.IsArray(printer) || inner.IsFunction(printer)) printer.Text.Add('(');
            printer.Text.Add(collapsed);
        }

        public override void Right(NodePrinter printer)
        {
            var inner = Target(printer, out _);
            if (inner.IsArray(printer) || inner.IsFunction(printer)) printer.Text.Add(')');
            printer.Right(inner);
        }

        // A reference to a reference is one reference, and an rvalue one only if both are.
        private Node Target(NodePrinter printer, out string collapsed)
        {
            collapsed = mark;
            var inner = target;
            for (int i = 0; i < 64 && mark[0] == '&' && inner.Resolved(printer) is Pointer { Mark: ['&', ..] } reference; i++)
            {
                if (reference.Mark == "&") collapsed = "&";
                inner = reference.Inner;
            }

            return inner;
        }

        private Node Inner => target;
    }

    /// <summary>A pointer to a member of a class.</summary>
    public sealed class MemberPointer(Node type, Node member) : Node
    {
        public override bool HasRight(NodePrinter printer) => member.HasRight(printer);

        public override void Left(NodePrinter printer)
        {
            printer.Left(member);
            bool isWrapped = member.IsArray(printer) || member.IsFunction(printer);
            if (!isWrapped || member.IsArray(printer)) printer.Text.Add(' ');
            if (isWrapped) printer.Text.Add('(');
            printer.Print(type);
            printer.Text.Add("::*");
        }

        public override void Right(NodePrinter printer)
        {
            if (member.IsArray(printer) || member.IsFunction(printer)) printer.Text.Add(')');
            printer.Right(member);
        }
    }

    /// <summary>An array; its size is an expression or missing.</summary>
    public sealed class ArrayOf(Node element, Node? size) : Node
    {
        public override bool HasRight(NodePrinter printer) => true;

        public override bool IsArray(NodePrinter printer) => true;

        public override void Left(NodePrinter printer) => printer.Left(element);

        public override void Right(NodePrinter printer)
        {
            if (printer.Text.Last != ']') printer.Text.Add(' ');
            printer.Text.Add('[');
            if (size is not null) printer.Print(size);
            printer.Text.Add(']');
            if (element.HasRight(printer)) printer.Right(element);
        }
    }

    /// <summary>The type of a function, with what follows its parameters.</summary>
    public sealed class FunctionType(Node result, IReadOnlyList<Node> parameters, string qualifiers, Node? thrown, string thrownAs) : Node
    {
        public override bool HasRight(NodePrinter printer) => true;

        public override bool IsFunction(NodePrinter printer) => true;

        public override void Left(NodePrinter printer)
        {
            printer.Left(result);
            if (!result.HasRight(printer)) printer.Text.Add(' ');
        }

        public override void Right(NodePrinter printer)
        {
            printer.Text.Add('(');
            printer.List(parameters);
            printer.Text.Add(')');
            if (result.HasRight(printer)) printer.Right(result);
            printer.Text.Add(qualifiers);
            printer.Text.Add(thrownAs);
            if (thrown is null) return;
            printer.Text.Add('(');
            printer.Print(thrown);
            printer.Text.Add(')');
        }
    }

    /// <summary>A vector of a compiler.</summary>
    public sealed class VectorOf(Node element, Node size) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Print(element);
            printer.Text.Add(" __vector(");
            printer.Print(size);
            printer.Text.Add(')');
        }
    }

    /// <summary>Text before a node and after it.</summary>
    public sealed class Wrapped(string before, Node node, string after) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add(before);
            printer.Print(node);
            printer.Text.Add(after);
        }
    }
}
