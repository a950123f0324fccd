// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal abstract partial class Node
{
    /// <summary>A number or another value, of a type.</summary>
    public sealed class Literal(Node type, string digits, bool isNegative) : Node
    {
        public override void Left(NodePrinter printer)
        {
            string sign = isNegative ? "-" : "";
            switch (type)
            {
                case Builtin { IsBool: true } when !isNegative && digits is "0" or "1":
                    printer.Text.Add(digits == "1" ? "true" : "false");
                    break;
                case Builtin { Ending: { } suffix }:
                    printer.Text.Add($"{sign}{digits}{suffix}");
                    break;
                default:
                    bool isFloat = type is Builtin { IsFloat: true };
                    printer.Text.Add('(');
                    printer.Print(type);
                    printer.Text.Add(isFloat ? $"){sign}[{digits}]" : $"){sign}{digits}");
                    break;
            }
        }
    }

    /// <summary>A parameter of the function, by its number; 0 is <c>this</c>.</summary>
    public sealed class Parameter(int number) : Node
    {
        public override bool IsPlain => true;

        public override void Left(NodePrinter printer) => printer.Text.Add(number == 0 ? "this" : $"{{parm#{number}}}");
    }

    /// <summary>An operator before its operand.</summary>
    public sealed class Prefix(string text, Node operand, bool isTight = false) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add(text);

            // A function whose address is taken is named without its parameters.
            var shown = text == "&" && operand is Function { Named: Scoped named } ? named : operand;
            if (isTight) printer.Print(shown);
            else printer.Operand(shown);
        }
    }

    /// <summary>An operator behind its operand.</summary>
    public sealed class Suffix(Node operand, string text) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Operand(operand);
            printer.Text.Add(text);
        }
    }

    /// <summary>An operator between its operands.</summary>
    public sealed class Binary(Node left, string text, Node right) : Node
    {
        public override void Left(NodePrinter printer)
        {
            // A bare ">" would end the template arguments.
            if (text == ">") printer.Text.Add('(');
            printer.Operand(left);
            printer.Text.Add(text);
            printer.Operand(right);
            if (text == ">") printer.Text.Add(')');
        }
    }

    /// <summary><c>a[b]</c>.</summary>
    public sealed class Index(Node left, Node right) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Operand(left);
            printer.Text.Add('[');
            printer.Print(right);
            printer.Text.Add(']');
        }
    }

    /// <summary><c>a?b : c</c>.</summary>
    public sealed class Conditional(Node condition, Node whenTrue, Node whenFalse) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Operand(condition);
            printer.Text.Add('?');
            printer.Operand(whenTrue);
            printer.Text.Add(" : ");
            printer.Operand(whenFalse);
        }
    }

    /// <summary>A call.</summary>
    public sealed class Call(Node function, IReadOnlyList<Node> arguments) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Operand(function is Function { Named: var named } ? named : function);
            printer.Text.Add('(');
            printer.List(arguments);
            printer.Text.Add(')');
        }
    }

    /// <summary><c>(T)x</c>.</summary>
    public sealed class Cast(Node type, Node operand) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add('(');
            printer.Print(type);
            printer.Text.Add(')');
            printer.Operand(operand);
        }
    }

    /// <summary><c>static_cast&lt;T&gt;(x)</c> and its like.</summary>
    public sealed class NamedCast(string text, Node type, Node operand) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add(text);
            printer.Text.Add('<');
            printer.Print(type);
            printer.Text.Add(">(");
            printer.Print(operand);
            printer.Text.Add(')');
        }
    }

    /// <summary><c>T{a, b}</c>, or without a type.</summary>
    public sealed class Braces(Node? type, IReadOnlyList<Node> values) : Node
    {
        public override bool IsPlain => true;

        public override void Left(NodePrinter printer)
        {
            if (type is not null) printer.Print(type);
            printer.Text.Add('{');
            printer.List(values);
            printer.Text.Add('}');
        }
    }

    /// <summary>Several expressions with commas between, such as the arguments of an initialisation.</summary>
    public sealed class Listed(IReadOnlyList<Node> values) : Node
    {
        public override void Left(NodePrinter printer) => printer.List(values);
    }

    /// <summary><c>new (place) T(values)</c>.</summary>
    public sealed class New(string text, IReadOnlyList<Node> places, Node type, Node? values) : Node
    {
        public override void Left(NodePrinter printer)
        {
            printer.Text.Add(text);
            printer.Text.Add(' ');
            if (places.Count > 0)
            {
                printer.Text.Add('(');
                printer.List(places);
                printer.Text.Add(") ");
            }

            printer.Print(type);
            if (values is not null) printer.Operand(values);
        }
    }

    /// <summary>How many elements a pack has; 0 when it is one of a function's parameters.</summary>
    public sealed class SizeOfPack(Node pack) : Node
    {
        public override void Left(NodePrinter printer) => printer.Text.Add($"{(pack as TemplateParameter)?.CountIn(printer) ?? 0}");
    }

    /// <summary>A fold: values before and behind the dots, or one of them.</summary>
    public sealed class Fold(Node? before, string text, Node? behind) : Node
    {
        public override void Left(NodePrinter printer)
        {
            // Here a pack is named as a whole.
            var outer = (printer.PackIndex, printer.PackSize);
            (printer.PackIndex, printer.PackSize) = (-1, -1);
            printer.Text.Add('(');
            if (before is not null)
            {
                printer.Operand(before);
                printer.Text.Add(text);
            }

            printer.Text.Add("...");
            if (behind is not null)
            {
                printer.Text.Add(text);
                printer.Operand(behind);
            }

            printer.Text.Add(')');
            (printer.PackIndex, printer.PackSize) = outer;
        }
    }
}
