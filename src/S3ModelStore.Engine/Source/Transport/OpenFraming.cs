namespace S3ModelStore.Engine.Source.Transport;

/// <summary>A body that ends with its connection. Nobody can tell whether that was all of it.</summary>
internal sealed class OpenFraming : BodyFraming
{
    private bool _ended;

    public override bool IsComplete => _ended;

    public override long Available => long.MaxValue;

    public override bool EndsBeforeConnection => false;

    public override void Came(int count)
    {
    }

    public override void Ended() => _ended = true;
}
