using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CallCenter.Tests.Support;

/// <summary>The SQL that what follows in this flow of control sends, in order; that of tests beside it is left out.</summary>
internal sealed class StatementCapture : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<StatementCapture?> Current = new();

    private readonly ConcurrentQueue<string> _texts = new();
    private readonly List<IDisposable> _subscriptions = [];

    public StatementCapture()
    {
        Current.Value = this;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyList<string> Texts => [.. _texts];

    public void Dispose()
    {
        Current.Value = null;
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value == this && value.Value is CommandExecutedEventData data)
        {
            _texts.Enqueue(data.Command.CommandText);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
