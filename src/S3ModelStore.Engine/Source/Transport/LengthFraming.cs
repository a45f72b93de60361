namespace S3ModelStore.Engine.Source.Transport;

/// <summary>A body whose length was told.</summary>
internal sealed class LengthFraming : BodyFraming
{
    private long _left;

    public LengthFraming(long length) => _left = length;

    public override bool IsComplete => _left == 0;

    public override long Available => _left;

    public override void Came(int count) => _left -= count;
}
