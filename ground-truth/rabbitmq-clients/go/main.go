// A consumer or a producer of the Go client, told what to do by its arguments and its standard input.
// See ../README.md for both.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/rabbitmq/rabbitmq-stream-go-client/pkg/amqp"
	"github.com/rabbitmq/rabbitmq-stream-go-client/pkg/message"
	"github.com/rabbitmq/rabbitmq-stream-go-client/pkg/stream"
)

func say(format string, values ...any) { fmt.Printf(format+"\n", values...) }

func or(key, unset string) string {
	if value := os.Getenv(key); value != "" {
		return value
	}
	return unset
}

func number(text string) int64 {
	// Offsets are signed in this client: the upper half of the range arrives as negative numbers.
	value, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return int64(value)
}

func spec(text string) stream.OffsetSpecification {
	kind, value, _ := strings.Cut(text, " ")
	none := stream.OffsetSpecification{}
	switch kind {
	case "first":
		return none.First()
	case "last":
		return none.Last()
	case "next":
		return none.Next()
	case "offset":
		return none.Offset(number(value))
	case "stored":
		return none.LastConsumed()
	}
	panic("no such spec: " + text)
}

func main() {
	for _, dependency := range func() []*debug.Module { info, _ := debug.ReadBuildInfo(); return info.Deps }() {
		if strings.HasSuffix(dependency.Path, "rabbitmq-stream-go-client") {
			say("version rabbitmq-stream-go-client %s", strings.TrimPrefix(dependency.Version, "v"))
		}
	}
	port, _ := strconv.Atoi(or("PORT", "5552"))
	env, err := stream.NewEnvironment(stream.NewEnvironmentOptions().SetHost("localhost").SetPort(port))
	if err != nil {
		say("failed %s", err)
		return
	}
	if os.Args[1] == "produce" {
		produce(env)
	} else {
		consume(env)
	}
}

func consume(env *stream.Environment) {
	name, log := or("NAME", ""), os.Getenv("STREAM")
	takes, _ := strconv.Atoi(or("TAKES_MS", "0"))
	options := stream.NewConsumerOptions().SetConsumerName(name).SetManualCommit()
	if credit := or("CREDIT", ""); credit != "" {
		options.SetInitialCredits(int16(number(credit)))
	}
	if from := or("FROM", ""); from != "" {
		options.SetOffset(spec(from))
	}
	// As the tutorial does it: behind the stored offset, else the spec.
	if or("RESUMES", "") != "" {
		stored, err := env.QueryOffset(name, log)
		if err == nil {
			options.SetOffset(stream.OffsetSpecification{}.Offset(stored + 1))
		} else if !errors.Is(err, stream.OffsetNotFoundError) {
			say("failed %s", err)
			return
		}
	}
	every := 0
	policy := strings.Fields(or("STORE", "never"))
	switch policy[0] {
	case "every":
		every, _ = strconv.Atoi(policy[1])
	case "auto":
		options.SetAutoCommit(stream.NewAutoCommitStrategy().SetCountBeforeStorage(int(number(policy[1]))).SetFlushInterval(5 * time.Second))
	}
	if or("SINGLE_ACTIVE", "") != "" {
		// As the client's example does it.
		options.SetSingleActiveConsumer(stream.NewSingleActiveConsumer(func(log string, active bool) stream.OffsetSpecification {
			say("active %v", active)
			if policy[0] == "never" {
				return spec(or("FROM", "first"))
			}
			stored, err := env.QueryOffset(name, log)
			if err != nil {
				return spec(or("FROM", "first"))
			}
			return stream.OffsetSpecification{}.Offset(stored + 1)
		}))
	}
	if value := or("FILTER", ""); value != "" {
		options.SetFilter(stream.NewConsumerFilter([]string{value}, false, func(message *amqp.Message) bool {
			return string(message.GetData()) == value
		}))
	}
	count := 0
	consumer, err := env.NewConsumer(log, func(context stream.ConsumerContext, _ *amqp.Message) {
		offset := context.Consumer.GetOffset()
		time.Sleep(time.Duration(takes) * time.Millisecond / 2)
		say("got %d", uint64(offset))
		// As the tutorials of all clients but Java's do it: the first message, and every Nth behind it.
		if every > 0 && count%every == 0 {
			_ = context.Consumer.StoreCustomOffset(offset)
		}
		count++
		time.Sleep(time.Duration(takes) * time.Millisecond / 2)
	}, options)
	if err != nil {
		say("failed %s", err)
		return
	}
	go func() {
		event := <-consumer.NotifyClose()
		say("closed %s", event.Reason)
	}()
	say("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch words[0] {
		case "store":
			err := consumer.StoreCustomOffset(number(words[1]))
			say("stored %v", err)
		case "query":
			offset, err := consumer.QueryOffset()
			say("answer %d %v", offset, err)
		case "stop":
			say("stopped %v", consumer.Close())
			_ = env.Close()
			return
		}
	}
}

func produce(env *stream.Environment) {
	options := stream.NewProducerOptions().SetProducerName(or("NAME", ""))
	if batch := or("SUB_BATCH", ""); batch != "" {
		options.SetSubEntrySize(int(number(batch)))
	}
	producer, err := env.NewProducer(os.Getenv("STREAM"), options)
	if err != nil {
		say("failed %s", err)
		return
	}
	confirms := producer.NotifyPublishConfirmation()
	go func() {
		for statuses := range confirms {
			for _, status := range statuses {
				say("confirmed %d %v", status.GetPublishingId(), status.IsConfirmed())
			}
		}
	}()
	closed := producer.NotifyClose()
	go func() { event := <-closed; say("closed %s", event.Reason) }()
	say("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch words[0] {
		case "publish":
			batch := []message.StreamMessage{}
			for i := range number(words[1]) {
				next := amqp.NewMessage([]byte(fmt.Sprintf("m%d", i)))
				if len(words) > 2 {
					next.SetPublishingId(number(words[2]) + i)
				}
				batch = append(batch, next)
			}
			if err := producer.BatchSend(batch); err != nil {
				say("failed %s", err)
			}
		case "stop":
			say("stopped %v", producer.Close())
			_ = env.Close()
			return
		}
	}
}
