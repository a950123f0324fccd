[BpfObject]
public static class GenericStructOfADate
{
    struct Box<T>
    {
        public T Value;
        public int Count;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Box<Guid> box = default; // RU1007
        box.Count++;
        return box.Count > 2 ? XdpAction.Drop : XdpAction.Pass;
    }
}
