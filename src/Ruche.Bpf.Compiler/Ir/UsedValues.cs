// SPDX-License-Identifier: MIT
using System.Collections;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>All values that are needed where an operation stands: what it takes, then what its edges give.</summary>
public readonly struct UsedValues : IEnumerable<Value>
{
    private readonly Operation _operation;

    internal UsedValues(Operation operation) => _operation = operation;

    /// <summary>Goes through them.</summary>
    public Enumerator GetEnumerator() => new(_operation);

    IEnumerator<Value> IEnumerable<Value>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A place among them.</summary>
    public struct Enumerator : IEnumerator<Value>
    {
        private readonly Terminator? _end;
        private FixedList<Value> _values;
        private int _value;
        private int _edge;

        internal Enumerator(Operation operation)
        {
            _values = operation.Operands;
            _end = operation as Terminator;
            _value = -1;
        }

        /// <inheritdoc/>
        public readonly Value Current => _values[_value];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            _value++;
            while (_value >= _values.Count)
            {
                if (_end is null || _edge >= _end.Edges.Count) return false;
                _values = _end.Edges[_edge++].Arguments;
                _value = 0;
            }

            return true;
        }

        /// <inheritdoc/>
        public readonly void Reset() => throw new NotSupportedException();

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
