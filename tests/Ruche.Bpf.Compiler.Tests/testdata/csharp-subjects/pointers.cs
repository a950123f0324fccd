static unsafe class Subject
{
    struct Node { public uint Value; public ushort Tag; }

    static void Grow(ref Node node)
    {
        fixed (uint* pinned = &node.Value) (*pinned)++;
    }

    public static uint Compute(uint a, uint b)
    {
        Node* nodes = stackalloc Node[3];
        nodes[0].Value = a;
        nodes[1] = new Node { Value = b, Tag = 5 };
        nodes[2] = nodes[1];
        nodes[2].Tag += 2;
        Node* last = nodes + 2;
        last->Value -= nodes->Value;
        uint* word = &nodes[1].Value;
        *word = *word * 2;
        byte* bytes = (byte*)word;
        bytes[1] ^= 0xff;
        Node local = nodes[0];
        Grow(ref local);
        nodes[0] = local;
        long distance = last - nodes;
        return nodes[0].Value + nodes[1].Value * 3 + last->Value * 5 + last->Tag + (uint)distance + (uint)sizeof(Node) + (nodes == last ? 1u : 2u);
    }
}
