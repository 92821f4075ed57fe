import { beatsAt } from '#lab/beats.ts';
import type { LabStore } from '#lab/lab-store.ts';
import type { Preferences } from '#lab/preferences.ts';

const lessonsName = 'pbft-lab:lessons';
const challengesName = 'pbft-lab:challenges';

/** Brings back what was finished before, and keeps what is finished from here on: a lesson is at its last beat. */
export function keepProgress(store: LabStore, preferences: Preferences): void {
  store.setState({
    learned: {
      lessons: namesIn(preferences.getItem(lessonsName)),
      challenges: namesIn(preferences.getItem(challengesName)),
    },
  });
  store.subscribe((state, before) => {
    const { lesson, learned, trace, nowMs, playing } = state;
    if (learned !== before.learned) {
      preferences.setItem(lessonsName, learned.lessons.join(' '));
      preferences.setItem(challengesName, learned.challenges.join(' '));
    }
    if (lesson?.part !== 'beats' || playing || learned.lessons.includes(lesson.lesson.name)) return;
    const last = lesson.lesson.beats.at(-1)?.title;
    if (beatsAt(trace, nowMs).some(({ title }) => title === last)) {
      const lessons = [...learned.lessons, lesson.lesson.name];
      store.setState({ learned: { ...learned, lessons } });
    }
  });
}

/** The names in a list that was kept. */
function namesIn(text: string | null): readonly string[] {
  return (text ?? '').split(' ').filter((name) => name !== '');
}
